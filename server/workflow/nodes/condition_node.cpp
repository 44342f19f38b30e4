// `condition`: compares one of its inputs and goes on at its handle "true" or "false", with all that it was given.
//
// Texts are compared without regard to case and to white space at their ends: models are not exact about either. Two
// values that both are numbers, or texts of numbers, are compared as such.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "server/workflow/nodes/nodes.h"
#include "server/workflow/prompt.h"
#include "shared/fields.h"
#include "shared/text.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

enum class Operator {
  Equals,
  NotEquals,
  Contains,
  NotContains,
  StartsWith,
  EndsWith,
  Greater,
  GreaterOrEqual,
  Less,
  LessOrEqual,
  Exists,
  Empty
};

constexpr auto names_of(Operator) {
  using enum Operator;
  return std::array<std::pair<Operator, std::string_view>, 12>{{{Equals, "equals"},
                                                                {NotEquals, "not_equals"},
                                                                {Contains, "contains"},
                                                                {NotContains, "not_contains"},
                                                                {StartsWith, "starts_with"},
                                                                {EndsWith, "ends_with"},
                                                                {Greater, "greater"},
                                                                {GreaterOrEqual, "greater_or_equal"},
                                                                {Less, "less"},
                                                                {LessOrEqual, "less_or_equal"},
                                                                {Exists, "exists"},
                                                                {Empty, "empty"}}};
}

struct ConditionData {
  std::string field;
  Operator op = Operator::Equals;
  std::optional<json> value;  // a text may hold {{fields}}

  static constexpr auto fields() {
    return std::tuple{Field{"field", &ConditionData::field}, Field{"operator", &ConditionData::op},
                      Field{"value", &ConditionData::value}};
  }
};

bool needs_value(Operator op) { return op != Operator::Exists && op != Operator::Empty; }

Result<ConditionData> read(const json& data, const std::string& path) {
  auto read = from_json<ConditionData>(data, Unknown::Ignore, path);
  if (!read) return read;
  if (trimmed(read->field).empty())
    return invalid(path + ".field", "name the input to look at, such as generated_text");
  if (needs_value(read->op) && !read->value)
    return invalid(path + ".value", "'value' is missing: with what is '" + read->field + "' to be compared");
  return read;
}

std::string folded(const json& value) {
  const auto text = value.is_string() ? value.get<std::string>() : value.is_null() ? "" : dump_json(value);
  return lowered(trimmed(text));
}

std::optional<double> number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto text = trimmed(value.get_ref<const std::string&>());
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || std::isnan(number)) return std::nullopt;
  return number;
}

// Below zero when the left is less.
int compare(const json& left, const json& right) {
  const auto a = number_of(left), b = number_of(right);
  if (a && b) return *a < *b ? -1 : *a > *b ? 1 : 0;
  return folded(left).compare(folded(right));
}

bool contains(const json& left, const json& right) {
  if (left.is_array())
    return std::any_of(left.begin(), left.end(), [&](const json& item) { return compare(item, right) == 0; });
  return folded(left).find(folded(right)) != std::string::npos;
}

bool holds(const json* found, Operator op, const json& value) {
  static const json kNothing;
  const json& left = found ? *found : kNothing;
  switch (op) {
    case Operator::Equals: return compare(left, value) == 0;
    case Operator::NotEquals: return compare(left, value) != 0;
    case Operator::Contains: return contains(left, value);
    case Operator::NotContains: return !contains(left, value);
    case Operator::StartsWith: return folded(left).starts_with(folded(value));
    case Operator::EndsWith: return folded(left).ends_with(folded(value));
    case Operator::Greater: return compare(left, value) > 0;
    case Operator::GreaterOrEqual: return compare(left, value) >= 0;
    case Operator::Less: return compare(left, value) < 0;
    case Operator::LessOrEqual: return compare(left, value) <= 0;
    case Operator::Exists: return found != nullptr;
    case Operator::Empty: break;
  }
  return left.empty() || folded(left).empty();
}

}  // namespace

Result<void> check_condition(const json& data, const std::string& path) {
  if (const auto checked = read(data, path); !checked) return checked.error();
  return {};
}

NodeResult run_condition(const NodeContext& context) {
  const auto data = read(context.data, "data");
  if (!data) return NodeFailure{data.error()};
  json value = data->value.value_or(json());
  if (value.is_string()) {
    auto filled = fill_value(value.get_ref<const std::string&>(), context.inputs);
    if (!filled) return NodeFailure{std::move(filled.error())};
    value = std::move(*filled);
  }
  const bool is_true = holds(look_up(context.inputs, trimmed(data->field)), data->op, value);
  return NodeOutcome{context.inputs, {}, is_true ? kTrueBranch : kFalseBranch};
}

}  // namespace ownkey::workflow
