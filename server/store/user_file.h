// Opening the file of a user, for its owner alone. Inside store/ only; failures are thrown as StoreFailure.
#pragma once

#include <filesystem>
#include <optional>

#include "server/base/ids.h"
#include "server/store/database.h"

namespace ownkey::store {

// Migrated, or made with its folder. A file that belongs to another user is refused.
Database open_user_file(const std::filesystem::path& file, const base::UserId& user);

// For reading alone, without changing a byte; nothing when there is no file yet, or nothing in it. It may be older than
// the newest migration.
std::optional<Database> read_user_file(const std::filesystem::path& file, const base::UserId& user);

}  // namespace ownkey::store
