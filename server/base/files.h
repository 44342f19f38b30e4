// What the C++ library lacks for files that must last.
#pragma once

#include <filesystem>

namespace ownkey::base {

// Brings the names in a folder to the disk, so that files that were made or renamed there are found after a power loss.
// False when the disk refuses; errno says why.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace ownkey::base
