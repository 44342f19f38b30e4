// Where the files lie in a data folder, and in a backup of one. Pure functions.
#pragma once

#include <filesystem>
#include <string_view>

#include "server/base/ids.h"

namespace ownkey::store {

// Lists everybody who has data in the folder.
inline constexpr std::string_view kAccountsFile = "accounts.db";

// Whatever is a user's own. Two characters of fan-out keep folders small when there are very many users.
std::filesystem::path user_file(const std::filesystem::path& folder, const base::UserId& user);

}  // namespace ownkey::store
