// Which text a model is asked with, and how inputs get into it. Pure functions. A text that would grow beyond
// kMaxNodeBytes is limit_exceeded.
#pragma once

#include <string>
#include <string_view>

#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

// `{{field}}` and `{{field.inner}}` are replaced by that input: text as it is, anything else as JSON, nothing when
// there is no such input. Only names and dots: there is no code in a template.
Result<std::string> fill_template(std::string_view text, const json& inputs);

// The same; but a text that is nothing but one `{{field}}` is that input itself, not as text, and null when there is
// none.
Result<json> fill_value(std::string_view text, const json& inputs);

// The value at "a.b.c"; null when a step is missing.
const json* look_up(const json& inputs, std::string_view field);

// The first that is there of the inputs prompt, input, query, value and generated_text, else the node's own prompt with
// its template filled. Empty when there is none.
Result<std::string> choose_prompt(const json& inputs, std::string_view own_prompt);

}  // namespace ownkey::workflow
