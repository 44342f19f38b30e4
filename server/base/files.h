// What the C++ library lacks for files that must last.
#pragma once

#include <filesystem>

#include "server/base/bytes.h"

namespace ownkey::base {

// Brings the names in a folder to the disk, so that files that were made or renamed there are found after a power loss.
// False when the disk refuses; errno says why.
bool sync_folder(const std::filesystem::path& folder);

// All of it, in as many pieces as the system takes it. False when it does not; errno says why.
bool write_all(int descriptor, ByteView bytes);

}  // namespace ownkey::base
