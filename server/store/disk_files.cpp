#include "server/store/disk_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <vector>

#include "server/base/descriptor.h"
#include "server/base/files.h"

namespace ownkey::store {
namespace {

Error failure(std::string_view what, const std::filesystem::path& path, const std::error_code& code) {
  const std::string log_text = std::string(what) + " " + path.string() + ": " + code.message();
  if (code == std::errc::no_space_on_device)
    return {ErrorKind::StorageFull, "the server's disk is full, so nothing was saved; ask the operator to make room",
            log_text};
  return {ErrorKind::Internal, "the server could not reach its database; try again, or tell the operator", log_text};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

}  // namespace

Result<void> make_private_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto folder = file.parent_path();
  const bool is_new = std::filesystem::create_directories(folder, error);
  if (error) return failure("cannot make", folder, error);
  // SQLite brings the names in the file's own folder to the disk; those of the folders above are ours to bring.
  const auto above = folder.parent_path();
  if (is_new && !(base::sync_folder(above) && base::sync_folder(above.parent_path())))
    return failure("cannot write", above, last_error());
  // Never opens one that is there: to close it again would give up SQLite's locks on it (sqlite.org/howtocorrupt.html).
  const base::Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (made || errno == EEXIST) return {};
  return failure("cannot make", file, last_error());
}

Result<void> remove_with_companions(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  const auto name = file.filename().string();
  std::vector<std::filesystem::path> all;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().filename().string().starts_with(name)) all.push_back(entry->path());
  if (error == std::errc::no_such_file_or_directory) return {};
  if (error) return failure("cannot read", folder, error);
  for (const auto& path : all)
    if (std::filesystem::remove_all(path, error); error) return failure("cannot remove", path, error);
  // Without this, a file could be back after a power cut (fsync(2)).
  if (!base::sync_folder(folder)) return failure("cannot write", folder, last_error());
  return {};
}

}  // namespace ownkey::store
