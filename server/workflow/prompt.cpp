#include "server/workflow/prompt.h"

#include "server/workflow/weight.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

std::string as_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  return dump_json(value);
}

}  // namespace

const json* look_up(const json& inputs, std::string_view field) {
  const json* value = &inputs;
  for (bool more = true; more;) {
    const auto dot = field.find('.');
    more = dot != std::string_view::npos;
    const auto found = value->is_object() ? value->find(field.substr(0, dot)) : value->end();
    if (found == value->end()) return nullptr;
    value = &*found;
    field = more ? field.substr(dot + 1) : std::string_view();
  }
  return value;
}

Result<std::string> fill_template(std::string_view text, const json& inputs) {
  std::string filled;
  while (!text.empty()) {
    const auto open = text.find("{{");
    const auto close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    filled += text.substr(0, open);
    if (const auto* value = look_up(inputs, trimmed(text.substr(open + 2, close - open - 2))))
      filled += as_text(*value);
    if (filled.size() > kMaxNodeBytes)
      return Error{ErrorKind::LimitExceeded, "with its inputs filled in, this prompt is larger than " +
                                                 std::to_string(kMaxNodeBytes >> 20) + " MiB; put less into it"};
    text.remove_prefix(close + 2);
  }
  return filled.append(text);
}

Result<json> fill_value(std::string_view text, const json& inputs) {
  const auto whole = trimmed(text);
  if (whole.size() > 4 && whole.starts_with("{{") && whole.find("}}") == whole.size() - 2) {
    const auto* value = look_up(inputs, trimmed(whole.substr(2, whole.size() - 4)));
    return value ? *value : json();
  }
  auto filled = fill_template(text, inputs);
  if (!filled) return std::move(filled.error());
  return json(std::move(*filled));
}

Result<std::string> choose_prompt(const json& inputs, std::string_view own_prompt) {
  for (const std::string_view name : {"prompt", "input", "query", "value", "generated_text"})
    if (const auto found = inputs.find(name); found != inputs.end() && !found->is_null()) return as_text(*found);
  return fill_template(own_prompt, inputs);
}

}  // namespace ownkey::workflow
