// Opening the file of a user, for its owner alone. Inside store/ only; failures are thrown as StoreFailure.
#pragma once

#include <filesystem>
#include <optional>

#include "server/base/ids.h"
#include "server/store/database.h"
#include "server/store/file_mark.h"

namespace ownkey::store {

// Whether the file was made once and is missing or empty now.
bool is_lost(const std::filesystem::path& file, FileMark mark);
// How it is refused.
StoreFailure lost_file(const std::filesystem::path& file);
// Whether somebody's file was made of it.
bool has_owner(Database& database);

// A file that exists, though it may be empty unless it was lost: migrated. One that belongs to another user is refused.
Database open_user_file(const std::filesystem::path& file, const base::UserId& user, FileMark mark);

// For reading alone, without changing a byte; nothing when there is no file yet, or nothing in it. It may be older than
// the newest migration. One that was lost is refused.
std::optional<Database> read_user_file(const std::filesystem::path& file, const base::UserId& user, FileMark mark);

// For one look at a file that nobody changes meanwhile; nothing when it is of another schema or another user.
std::optional<Database> look_at_user_file(const std::filesystem::path& file, const base::UserId& user);

}  // namespace ownkey::store
