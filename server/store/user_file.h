// Opening the file of a user, for its owner alone. Inside store/ only; failures are thrown as StoreFailure.
#pragma once

#include <filesystem>
#include <optional>

#include "server/base/ids.h"
#include "server/store/database.h"

namespace ownkey::store {

// A file that exists, though it may be empty: migrated. One that belongs to another user is refused.
Database open_user_file(const std::filesystem::path& file, const base::UserId& user);

// For reading alone, without changing a byte; nothing when there is no file yet, or nothing in it. It may be older than
// the newest migration.
std::optional<Database> read_user_file(const std::filesystem::path& file, const base::UserId& user);

// For one look at a file that nobody changes meanwhile; nothing when it is of another schema or another user.
std::optional<Database> look_at_user_file(const std::filesystem::path& file, const base::UserId& user);

}  // namespace ownkey::store
