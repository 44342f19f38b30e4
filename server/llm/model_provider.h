// Which provider serves a model, when nobody says: by the family in its name.
#pragma once

#include <string_view>

#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

// model_not_found for a name of no known family: a guess could send a prompt to the wrong company.
Result<Provider> provider_of_model(std::string_view model);

}  // namespace ownkey::llm
