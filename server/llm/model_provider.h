// Which provider a model belongs to, by the family in its name.
#pragma once

#include <optional>
#include <string_view>

#include "shared/provider.h"

namespace ownkey::llm {

// Nothing for a name of no known family: a guess could send a prompt to the wrong company.
std::optional<Provider> family_of_model(std::string_view model);

}  // namespace ownkey::llm
