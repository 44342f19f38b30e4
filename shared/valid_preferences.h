// The rules for preferences; as in shared/validation.h, for the page and for the server.
#pragma once

#include "shared/api/preferences.h"
#include "shared/result.h"

namespace ownkey {

inline constexpr double kMinTextScale = 0.5;
inline constexpr double kMaxTextScale = 3;
inline constexpr int kMaxRunTimeoutS = 3600;
inline constexpr std::size_t kMaxModelBytes = 200;

Result<api::Preferences> valid_preferences(api::Preferences preferences);

}  // namespace ownkey
