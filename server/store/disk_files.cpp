#include "server/store/disk_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <vector>

namespace ownkey::store {
namespace {

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags, S_IRUSR | S_IWUSR)) {}
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  bool sync() const { return ::fsync(number_) == 0; }

 private:
  int number_;
};

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
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) return failure("cannot make", file.parent_path(), error);
  // Never opens one that is there: to close it again would give up SQLite's locks on it (sqlite.org/howtocorrupt.html).
  if (Descriptor(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC).is_open() || errno == EEXIST) return {};
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
  const Descriptor opened(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!opened.is_open() || !opened.sync()) return failure("cannot write", folder, last_error());
  return {};
}

}  // namespace ownkey::store
