// Database files as files, whatever is in them. Safe from several threads.
#pragma once

#include <filesystem>

#include "shared/result.h"

namespace ownkey::store {

// An empty one with its folder, for its owner alone to read; nothing happens when it is there. SQLite takes an empty
// file for an empty database.
Result<void> make_private_file(const std::filesystem::path& file);

// The file and all whose names begin with its name: SQLite's own files, copies. On the disk when this returns; nothing
// happens when there is none.
Result<void> remove_with_companions(const std::filesystem::path& file);

}  // namespace ownkey::store
