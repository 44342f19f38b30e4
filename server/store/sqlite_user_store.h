// A UserStore in an SQLite file of its own.
#pragma once

#include <filesystem>
#include <memory>

#include "server/store/file_mark.h"
#include "server/store/user_store.h"

namespace ownkey::store {

// Opens and migrates a file that exists, though it may be empty. One that belongs to another user is refused, and so is
// one that was lost.
Result<std::unique_ptr<UserStore>> open_user_store(const std::filesystem::path& file, const base::UserId& user,
                                                   FileMark mark, AuditHash hash);

// Every sealed value of a user, read without changing a byte of the file; none when there is no file yet. A file that
// was lost is refused.
Result<std::vector<SealedValue>> read_sealed_values(const std::filesystem::path& file, const base::UserId& user,
                                                    FileMark mark);

}  // namespace ownkey::store
