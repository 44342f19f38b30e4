#include "server/workflow/tools/expression.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "shared/text.h"

namespace ownkey::workflow {
namespace {

constexpr std::size_t kAnyNumber = SIZE_MAX;
constexpr double kLargestFactorial = 170;  // the next one is beyond a double

using Numbers = std::vector<double>;

struct Function {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  double (*apply)(const Numbers& n);
};

double round_to(double value, double digits) {
  const double scale = std::pow(10.0, std::trunc(digits));
  return std::round(value * scale) / scale;
}

double factorial(double value) {
  if (value < 0 || value != std::floor(value) || value > kLargestFactorial) return NAN;
  return std::round(std::tgamma(value + 1));
}

// As in mathematics, the result has the sign of the divisor.
double modulo(double value, double divisor) { return value - divisor * std::floor(value / divisor); }

double median(Numbers n) {
  std::ranges::sort(n);
  return n.size() % 2 == 1 ? n[n.size() / 2] : (n[n.size() / 2 - 1] + n[n.size() / 2]) / 2;
}

constexpr std::array kFunctions{
    Function{"abs", 1, 1, [](const Numbers& n) { return std::abs(n[0]); }},
    Function{"sqrt", 1, 1, [](const Numbers& n) { return std::sqrt(n[0]); }},
    Function{"cbrt", 1, 1, [](const Numbers& n) { return std::cbrt(n[0]); }},
    Function{"exp", 1, 1, [](const Numbers& n) { return std::exp(n[0]); }},
    Function{"ln", 1, 1, [](const Numbers& n) { return std::log(n[0]); }},
    Function{"log", 1, 2,
             [](const Numbers& n) { return n.size() == 1 ? std::log10(n[0]) : std::log(n[0]) / std::log(n[1]); }},
    Function{"log2", 1, 1, [](const Numbers& n) { return std::log2(n[0]); }},
    Function{"log10", 1, 1, [](const Numbers& n) { return std::log10(n[0]); }},
    Function{"sin", 1, 1, [](const Numbers& n) { return std::sin(n[0]); }},
    Function{"cos", 1, 1, [](const Numbers& n) { return std::cos(n[0]); }},
    Function{"tan", 1, 1, [](const Numbers& n) { return std::tan(n[0]); }},
    Function{"asin", 1, 1, [](const Numbers& n) { return std::asin(n[0]); }},
    Function{"acos", 1, 1, [](const Numbers& n) { return std::acos(n[0]); }},
    Function{"atan", 1, 1, [](const Numbers& n) { return std::atan(n[0]); }},
    Function{"atan2", 2, 2, [](const Numbers& n) { return std::atan2(n[0], n[1]); }},
    Function{"sinh", 1, 1, [](const Numbers& n) { return std::sinh(n[0]); }},
    Function{"cosh", 1, 1, [](const Numbers& n) { return std::cosh(n[0]); }},
    Function{"tanh", 1, 1, [](const Numbers& n) { return std::tanh(n[0]); }},
    Function{"hypot", 2, 2, [](const Numbers& n) { return std::hypot(n[0], n[1]); }},
    Function{"degrees", 1, 1, [](const Numbers& n) { return n[0] * 180 / std::numbers::pi; }},
    Function{"radians", 1, 1, [](const Numbers& n) { return n[0] * std::numbers::pi / 180; }},
    Function{"floor", 1, 1, [](const Numbers& n) { return std::floor(n[0]); }},
    Function{"ceil", 1, 1, [](const Numbers& n) { return std::ceil(n[0]); }},
    Function{"trunc", 1, 1, [](const Numbers& n) { return std::trunc(n[0]); }},
    Function{"round", 1, 2, [](const Numbers& n) { return n.size() == 1 ? std::round(n[0]) : round_to(n[0], n[1]); }},
    Function{"sign", 1, 1, [](const Numbers& n) { return n[0] > 0   ? 1.0
                                                         : n[0] < 0 ? -1.0
                                                                    : 0.0; }},
    Function{"pow", 2, 2, [](const Numbers& n) { return std::pow(n[0], n[1]); }},
    Function{"mod", 2, 2, [](const Numbers& n) { return modulo(n[0], n[1]); }},
    Function{"factorial", 1, 1, [](const Numbers& n) { return factorial(n[0]); }},
    Function{"min", 1, kAnyNumber, [](const Numbers& n) { return *std::ranges::min_element(n); }},
    Function{"max", 1, kAnyNumber, [](const Numbers& n) { return *std::ranges::max_element(n); }},
    Function{"sum", 1, kAnyNumber, [](const Numbers& n) { return std::accumulate(n.begin(), n.end(), 0.0); }},
    Function{"mean", 1, kAnyNumber,
             [](const Numbers& n) { return std::accumulate(n.begin(), n.end(), 0.0) / static_cast<double>(n.size()); }},
    Function{"median", 1, kAnyNumber, [](const Numbers& n) { return median(n); }},
};

struct Constant {
  std::string_view name;
  double value;
};
constexpr std::array kConstants{Constant{"pi", std::numbers::pi}, Constant{"e", std::numbers::e},
                                Constant{"tau", 2 * std::numbers::pi}, Constant{"phi", std::numbers::phi}};

bool begins_name(char c) { return is_letter(c) || c == '_'; }

// Recursive descent. After the first error nothing is read any more, and values mean nothing.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<double> parse() {
    const double value = sum();
    skip_spaces();
    if (at_ < text_.size()) fail("did not expect '" + std::string(1, text_[at_]) + "'");
    if (error_) return std::move(*error_);
    return value;
  }

 private:
  double sum() {
    double value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return checked(value);
    }
  }

  double product() {
    double value = sign();
    for (;;) {
      if (is_next("**")) return value;
      if (take("*")) value *= sign();
      else if (take("/")) value /= divisor();
      else if (take("%")) value = modulo(value, divisor());
      else return checked(value);
    }
  }

  double divisor() {
    const double value = sign();
    if (value == 0) fail("cannot divide by zero");
    return value;
  }

  double sign() {
    const Depth depth(*this);
    if (error_) return 0;
    if (take("-")) return -sign();
    if (take("+")) return sign();
    return power();
  }

  double power() {
    double base = value();
    while (take("!")) base = checked(factorial(base));
    if (!take("^") && !take("**")) return base;
    return checked(std::pow(base, sign()));
  }

  double value() {
    skip_spaces();
    if (at_ == text_.size()) return fail("expected a number, but it ends here");
    const char c = text_[at_];
    if (is_digit(c) || c == '.') return number();
    if (begins_name(c)) return name();
    if (!take("(")) return fail("expected a number, not '" + std::string(1, c) + "'");
    const double inner = sum();
    if (!take(")")) return fail("a ')' is missing");
    return inner;
  }

  double number() {
    double value = 0;
    const auto [end, code] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (code != std::errc{}) return fail("this is not a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  double name() {
    const auto begin = at_;
    while (at_ < text_.size() && (begins_name(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    if (take("(")) return call(word, begin);
    const auto* constant = std::ranges::find(kConstants, word, &Constant::name);
    if (constant != kConstants.end()) return constant->value;
    at_ = begin;
    return fail("'" + std::string(word) + "' is not known; there are numbers, pi, e and functions such as sqrt(2)");
  }

  double call(std::string_view word, std::size_t begin) {
    const auto* function = std::ranges::find(kFunctions, word, &Function::name);
    if (function == kFunctions.end()) {
      at_ = begin;
      return fail("there is no function '" + std::string(word) + "'");
    }
    Numbers arguments;
    if (!take(")")) {
      do arguments.push_back(sum());
      while (!error_ && take(","));
      if (!take(")")) return fail("a ')' is missing");
    }
    if (arguments.size() < function->least || arguments.size() > function->most) {
      at_ = begin;
      return fail("'" + std::string(word) + "' does not take " + std::to_string(arguments.size()) + " numbers");
    }
    return checked(function->apply(arguments));
  }

  // A result that is no number is not passed on in silence.
  double checked(double value) {
    if (std::isnan(value)) return fail("the result is not defined");
    if (std::isinf(value)) return fail("the result is too large");
    return value;
  }

  double fail(std::string what) {
    if (!error_)
      error_ = Error{ErrorKind::InvalidRequest, std::move(what) + " (at character " + std::to_string(at_ + 1) + ")"};
    return 0;
  }

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  bool is_next(std::string_view token) {
    skip_spaces();
    return !error_ && text_.substr(at_).starts_with(token);
  }

  bool take(std::string_view token) {
    if (!is_next(token)) return false;
    at_ += token.size();
    return true;
  }

  // Every way to go deeper leads through sign().
  struct Depth {
    explicit Depth(Parser& owner) : parser(owner) {
      if (++parser.depth_ > kMaxExpressionDepth) parser.fail("it is nested too deeply");
    }
    ~Depth() { --parser.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Parser& parser;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<double> evaluate(std::string_view expression) {
  if (expression.size() > kMaxExpressionBytes)
    return Error{ErrorKind::InvalidRequest,
                 "the expression is longer than " + std::to_string(kMaxExpressionBytes) + " bytes"};
  return Parser(expression).parse();
}

}  // namespace ownkey::workflow
