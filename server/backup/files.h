// Files of a backup: private (0600), and on the disk when a call returns. Inside backup/ only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace ownkey::backup {

struct Content {
  std::int64_t bytes = 0;
  std::string sha256;  // in hex

  bool operator==(const Content&) const = default;
};

Result<Content> read_content(const std::filesystem::path& file);

// Gives what was written, read once.
Result<Content> copy_with_content(const std::filesystem::path& from, const std::filesystem::path& to);

// A new file.
Result<void> write_file(const std::filesystem::path& file, std::string_view text);

// Brings the names in the folder and in all folders below it to the disk.
Result<void> sync_folders(const std::filesystem::path& folder);

}  // namespace ownkey::backup
