#include "server/backup/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <system_error>

#include "server/base/descriptor.h"
#include "server/base/files.h"
#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::backup {
namespace {

using Piece = std::function<bool(base::ByteView)>;

Error failed(const std::filesystem::path& file, std::string_view what) {
  const int error = errno;
  return {error == ENOSPC || error == EDQUOT ? ErrorKind::StorageFull : ErrorKind::Internal,
          file.string() + " cannot be " + std::string(what) + ": " + std::strerror(error)};
}

Result<Content> read_pieces(const std::filesystem::path& file, const Piece& piece) {
  const base::Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!descriptor) return failed(file, "read");
  Content content;
  crypto::Sha256 hash;
  std::array<std::uint8_t, 64 * 1024> buffer;
  while (const auto size = ::read(descriptor.get(), buffer.data(), buffer.size())) {
    if (size < 0) return failed(file, "read");
    const base::ByteView bytes(buffer.data(), static_cast<std::size_t>(size));
    hash.update(bytes);
    content.bytes += size;
    if (!piece(bytes)) break;
  }
  content.sha256 = crypto::hex(hash.finish());
  return content;
}

base::Descriptor new_file(const std::filesystem::path& file) {
  return base::Descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
}

}  // namespace

Result<Content> read_content(const std::filesystem::path& file) {
  return read_pieces(file, [](base::ByteView) { return true; });
}

Result<Content> copy_with_content(const std::filesystem::path& from, const std::filesystem::path& to) {
  const auto target = new_file(to);
  if (!target) return failed(to, "made");
  bool is_written = true;
  auto content =
      read_pieces(from, [&](base::ByteView bytes) { return is_written = base::write_all(target.get(), bytes); });
  if (!content) return content;
  if (!is_written || ::fsync(target.get()) != 0) return failed(to, "written");
  return content;
}

Result<void> write_file(const std::filesystem::path& file, std::string_view text) {
  const auto target = new_file(file);
  if (!target) return failed(file, "made");
  if (!base::write_all(target.get(), base::bytes_of(text)) || ::fsync(target.get()) != 0)
    return failed(file, "written");
  return {};
}

Result<void> sync_folders(const std::filesystem::path& folder) {
  if (!base::sync_folder(folder)) return failed(folder, "brought to the disk");
  std::error_code error;
  const std::filesystem::recursive_directory_iterator end;
  for (std::filesystem::recursive_directory_iterator entry(folder, error); !error && entry != end;
       entry.increment(error))
    if (entry->is_directory() && !base::sync_folder(entry->path())) return failed(entry->path(), "brought to the disk");
  if (error) return Error{ErrorKind::Internal, folder.string() + " cannot be read: " + error.message()};
  return {};
}

}  // namespace ownkey::backup
