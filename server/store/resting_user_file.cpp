#include "server/store/resting_user_file.h"

#include <ctime>
#include <optional>
#include <utility>

#include "server/store/sqlite_user_view.h"
#include "server/store/user_file.h"

namespace ownkey::store {
namespace {

// Times of files are as coarse as the kernel's tick, and a second on some file systems: two changes within one leave no
// mark between them.
constexpr std::time_t kSecondsOfRest = 2;

bool holds_something(const std::string& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 && found.st_size > 0;
}

// How the file lies there, when all that was ever written is in it and nothing in a log. In this order, so that a log
// that was emptied into the file meanwhile shows in the file by the next time.
std::optional<struct stat> at_rest(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return std::nullopt;
  if (holds_something(file.string() + "-wal") || holds_something(file.string() + "-journal")) return std::nullopt;
  return found;
}

bool was_changed_lately(const struct stat& found) { return std::time(nullptr) - found.st_mtim.tv_sec < kSecondsOfRest; }

bool are_same(const struct timespec& one, const struct timespec& other) {
  return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

}  // namespace

std::unique_ptr<RestingUserFile> RestingUserFile::open(const std::filesystem::path& file, const base::UserId& user) {
  const auto found = at_rest(file);
  if (!found || was_changed_lately(*found)) return nullptr;
  auto database = guarded([&] { return look_at_user_file(file, user); });
  if (!database || !*database) return nullptr;
  auto view = std::make_unique<SqliteUserView<UserView>>(std::move(**database));
  return std::unique_ptr<RestingUserFile>(new RestingUserFile(file, *found, std::move(view)));
}

bool RestingUserFile::is_unchanged() const {
  const auto now = at_rest(file_);
  return now && now->st_dev == found_.st_dev && now->st_ino == found_.st_ino && now->st_size == found_.st_size &&
         are_same(now->st_mtim, found_.st_mtim);
}

}  // namespace ownkey::store
