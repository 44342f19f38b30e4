#include "server/backup/unfinished_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "server/backup/files.h"
#include "server/base/files.h"

namespace ownkey::backup {
namespace {

constexpr std::string_view kSuffix = ".unfinished-ownkey";

Error failed(const std::filesystem::path& path, std::string_view what, int error) {
  return {ErrorKind::Internal, path.string() + " cannot be " + std::string(what) + ": " + std::strerror(error)};
}

std::filesystem::path without_slash(const std::filesystem::path& path) {
  const auto whole = std::filesystem::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

base::Descriptor open_folder(const std::filesystem::path& path) {
  return base::Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// What runs that were killed left in this folder. Called under the lock of the folder.
void remove_leftovers(const std::filesystem::path& parent) {
  std::error_code ignored;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator entry(parent, ignored); !ignored && entry != end; entry.increment(ignored)) {
    const auto name = entry->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(kSuffix)) continue;
    const auto folder = open_folder(entry->path());
    if (folder && ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) std::filesystem::remove_all(entry->path(), ignored);
  }
}

}  // namespace

UnfinishedFolder::UnfinishedFolder(std::filesystem::path target, std::filesystem::path path, base::Descriptor lock)
    : target_(std::move(target)), path_(std::move(path)), lock_(std::move(lock)) {}

UnfinishedFolder::UnfinishedFolder(UnfinishedFolder&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::exchange(other.path_, std::filesystem::path())),
      lock_(std::move(other.lock_)) {}

UnfinishedFolder::~UnfinishedFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<UnfinishedFolder> UnfinishedFolder::begin(const std::filesystem::path& target) {
  const auto whole = without_slash(target);
  const auto parent = whole.parent_path();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  const base::Descriptor parent_lock(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent_lock || ::flock(parent_lock.get(), LOCK_EX) != 0) return failed(parent, "used", errno);
  remove_leftovers(parent);
  const auto path = parent / ("." + whole.filename().string() + std::string(kSuffix));
  if (::mkdir(path.c_str(), S_IRWXU) != 0) {
    if (errno == EEXIST)
      return Error{ErrorKind::Conflict,
                   "another ownkey is writing " + whole.string() + " just now; wait for it, or name another folder"};
    return failed(path, "made", errno);
  }
  auto lock = open_folder(path);
  if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return failed(path, "locked", errno);
  return UnfinishedFolder(whole, path, std::move(lock));
}

Result<void> UnfinishedFolder::rename(unsigned flags) {
  if (auto synced = sync_folders(path_); !synced) return synced;
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), flags) != 0) {
    const int error = errno;
    if (error == EBUSY || error == EXDEV)
      return Error{ErrorKind::Internal, target_.string() +
                                            " is a mount point, which cannot be put in place at once; "
                                            "name a folder inside it"};
    if (error == EINVAL)
      return Error{ErrorKind::Internal,
                   "the file system of " + target_.string() +
                       " cannot let two folders change places; move what is in it away, and put it "
                       "back afterwards"};
    return failed(target_, "put in place", error);
  }
  if (!base::sync_folder(target_.parent_path())) return failed(target_.parent_path(), "brought to the disk", errno);
  return {};
}

Result<void> UnfinishedFolder::publish() {
  auto renamed = rename(0);
  if (renamed) path_.clear();
  return renamed;
}

Result<void> UnfinishedFolder::publish_in_exchange(const std::filesystem::path& only) {
  if (auto exchanged = rename(RENAME_EXCHANGE); !exchanged) return exchanged;
  std::error_code error;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator entry(path_, error); !error && entry != end; entry.increment(error))
    if (entry->path().filename() != only) return take_back();
  if (error) return take_back();
  return {};
}

Result<void> UnfinishedFolder::take_back() {
  const auto whole = target_;
  if (auto exchanged = rename(RENAME_EXCHANGE); !exchanged) {
    path_.clear();  // what is in there must not be removed
    return exchanged;
  }
  return Error{ErrorKind::Conflict, "somebody put something into " + whole.string() +
                                        " meanwhile; it is as it was, and nothing was restored"};
}

}  // namespace ownkey::backup
