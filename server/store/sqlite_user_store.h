// A UserStore in an SQLite file of its own.
#pragma once

#include <filesystem>
#include <memory>

#include "server/store/user_store.h"

namespace ownkey::store {

// Opens and migrates the file, or makes it with its folder. A file that belongs to another user is refused.
Result<std::unique_ptr<UserStore>> open_user_store(const std::filesystem::path& file, const base::UserId& user,
                                                   AuditHash hash);

// Every sealed value of a user, read without changing a byte of the file; none when there is no file yet.
Result<std::vector<SealedValue>> read_sealed_values(const std::filesystem::path& file, const base::UserId& user);

}  // namespace ownkey::store
