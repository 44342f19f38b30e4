// Checking a value against a JSON Schema (draft 2020-12), as far as tools use it: type, properties, required,
// additionalProperties (true or false), items, enum, minimum, maximum, minLength, maxLength. Pure functions.
#pragma once

#include <string>

#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

// The error says what is wrong in words that a model can act on, and names the place ("args.expression").
Result<void> check_schema(const json& schema, const json& value, const std::string& path);

}  // namespace ownkey::workflow
