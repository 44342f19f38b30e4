// `calculator`: arithmetic, so that a model need not guess at it.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "server/workflow/tools/all_tools.h"
#include "server/workflow/tools/expression.h"

namespace ownkey::workflow {
namespace {

constexpr double kLargestExact = 9007199254740992;  // 2^53: up to here a double holds every whole number

// Doubles carry a rest that nobody wants to see (0.1 + 0.2); 15 digits are those that hold.
json as_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  const double rounded = std::strtod(text, nullptr);
  if (rounded == std::trunc(rounded) && std::abs(rounded) < kLargestExact) return static_cast<std::int64_t>(rounded);
  return rounded;
}

class Calculator final : public Tool {
 public:
  std::string_view name() const override { return "calculator"; }
  std::string_view description() const override {
    return "Works out an arithmetic expression exactly as written. Knows + - * / % ^ and !, parentheses, pi and e, and "
           "functions such as sqrt, abs, round(x, digits), floor, ceil, min, max, sum, mean, median, ln, log, exp, "
           "sin, "
           "cos, tan (radians).";
  }
  json args() const override {
    return {{"type", "object"},
            {"properties",
             {{"expression",
               {{"type", "string"},
                {"description", "for instance: round(1999 * 1.19, 2)"},
                {"minLength", 1},
                {"maxLength", kMaxExpressionBytes}}}}},
            {"required", {"expression"}},
            {"additionalProperties", false}};
  }

  Result<json> call(const json& args, const base::CancelToken&) const override {
    const auto value = evaluate(args["expression"].get_ref<const std::string&>());
    if (!value) return value.error();
    return as_number(*value);
  }
};

}  // namespace

std::unique_ptr<Tool> make_calculator() { return std::make_unique<Calculator>(); }

}  // namespace ownkey::workflow
