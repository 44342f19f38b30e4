// What a new password must be. Pure functions.
#pragma once

#include <string_view>

#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

// Of a sensible length and none that everybody tries first; the error names the field.
Result<void> check_new_password(const Secret& password, std::string_view field);

}  // namespace ownkey::accounts
