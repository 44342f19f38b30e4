// Copies a data folder that servers and commands go on working in, so that the copy fits together.
//
// accounts.db comes first: who signed up before is in the copy, who signs up later is not. Then the file of each user
// in it, so nothing that was answered before the start is missing. A rotation may give a user new data keys meanwhile.
// So each user's file is copied under its write lock, under which no value changes its data key, and then, still under
// the lock, the user's data keys are taken from the live accounts.db once more: it holds every key that values in the
// file name, as a rotation adds a key before values move to it and removes one only after they all have left. The
// dates on which keys are to be erased are taken the same way. This always ends, as nothing is tried until it fits. At
// the end, whoever was deleted meanwhile leaves the copy with their data keys and their file.
//
// Sessions are not copied: putting a backup back must not let in again what was signed out since.
//
// Only databases that belong to users are copied: no master key, and nothing that lies beside them. Each file is on the
// disk, with mode 0600, when the call returns; the names in the folders are the caller's to sync.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/base/ids.h"
#include "shared/result.h"

namespace ownkey::store {

struct FolderCopy {
  std::vector<base::UserId> users;    // everybody in the copy, in a lasting order
  std::vector<base::UserId> damaged;  // whose file is damaged or lost, and therefore not in the copy
};

// `target` is an empty folder. `progress` hears of each user. Fails when accounts.db is damaged or from a newer
// version.
Result<FolderCopy> copy_data_folder(const std::filesystem::path& source, const std::filesystem::path& target,
                                    const std::function<void(std::int64_t done, std::int64_t all)>& progress);

// Whether the file, which nobody has open, is sound and of a version that this program knows. Reads all of it.
Result<void> check_accounts_copy(const std::filesystem::path& file);
Result<void> check_user_copy(const std::filesystem::path& file);

// What is wrong with a database that others may work with; nothing when it is sound or not there. A quick look, for the
// start of a server: not after this process has opened the file for good (see Database::open).
Result<std::optional<std::string>> find_damage(const std::filesystem::path& file);

}  // namespace ownkey::store
