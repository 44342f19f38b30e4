#include "server/http/router.h"

#include <algorithm>
#include <stdexcept>

#include "server/http/text.h"

namespace ownkey::http {
namespace {

// A value in a path: an id, a provider's name, a label. Longer ones are nothing that we gave out.
constexpr std::size_t kMaxParameter = 512;

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

std::string_view parameter_name(std::string_view segment) { return segment.substr(1, segment.size() - 2); }

std::vector<std::string> segments_of(const std::string& pattern) {
  const auto fail = [&] { throw std::logic_error("not a route pattern: " + pattern); };
  if (!pattern.starts_with('/')) fail();
  std::vector<std::string> segments;
  for (const auto segment : split(std::string_view(pattern).substr(1), '/')) {
    const bool braces = segment.find_first_of("{}") != std::string_view::npos;
    if (braces && (!is_parameter(segment) || segment.find('}') != segment.size() - 1 || segment.size() < 3)) fail();
    if (segment.empty() && pattern != "/") fail();
    segments.emplace_back(segment);
  }
  return segments;
}

// Literal segments sort before parameters, so that the first match is the most literal one.
std::vector<std::string> sort_key(const Route& route) {
  auto key = segments_of(route.pattern);
  for (auto& segment : key)
    if (is_parameter(segment)) segment = "\x7f";
  key.push_back(route.method);
  return key;
}

bool same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::equal(a, b, [](std::string_view left, std::string_view right) {
    return left == right || (is_parameter(left) && is_parameter(right));
  });
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  return std::ranges::equal(pattern, path, [](std::string_view expected, std::string_view segment) {
    return is_parameter(expected) ? !segment.empty() : expected == segment;
  });
}

std::optional<Pairs> parameters_of(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  Pairs parameters;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_parameter(pattern[i])) continue;
    auto value = percent_decoded(path[i]);
    if (!value || value->size() > kMaxParameter) return std::nullopt;
    parameters.emplace_back(parameter_name(pattern[i]), std::move(*value));
  }
  return parameters;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::ranges::stable_sort(routes_, {}, sort_key);
  const auto twice = std::ranges::adjacent_find(routes_, {}, sort_key);
  if (twice != routes_.end()) throw std::logic_error("two routes for " + twice->method + " " + twice->pattern);
  for (const auto& route : routes_) segments_.push_back(segments_of(route.pattern));
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  if (!path.starts_with('/')) return NoSuchPath{};
  const auto wanted_segments = split(path.substr(1), '/');
  const std::string_view wanted_method = method == "HEAD" ? "GET" : method;
  const Segments* owner = nullptr;  // the most literal pattern that matches; it has the path even for other methods
  std::string allow;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(segments_[i], wanted_segments)) continue;
    if (owner && !same_shape(*owner, segments_[i])) break;
    owner = &segments_[i];
    if (routes_[i].method == wanted_method) {
      auto parameters = parameters_of(segments_[i], wanted_segments);
      if (!parameters) return NoSuchPath{};
      return Match{&routes_[i], std::move(*parameters)};
    }
    allow += (allow.empty() ? "" : ", ") + routes_[i].method;
    if (routes_[i].method == "GET") allow += ", HEAD";
  }
  if (!owner) return NoSuchPath{};
  return NoSuchMethod{std::move(allow)};
}

}  // namespace ownkey::http
