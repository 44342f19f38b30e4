// The rules for preferences; as in shared/validation.h, for the page and for the server.
#pragma once

#include "shared/api/preferences.h"
#include "shared/result.h"

namespace ownkey {

Result<api::Preferences> valid_preferences(api::Preferences preferences);

}  // namespace ownkey
