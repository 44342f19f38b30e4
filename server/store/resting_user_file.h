// RestingUserFile: a user's file to which nobody writes, for one look at what lies there. To open a file with SQLite's
// log and locks takes longer than to read it: where most requests are of somebody else than the last, that is what they
// cost.
//
// It takes no lock and leaves no trace. Another process may change the file at any moment: what was seen counts only
// when the file is unchanged afterwards. One thread at a time.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "server/base/ids.h"
#include "server/store/user_store.h"

namespace ownkey::store {

class RestingUserFile {
 public:
  // Nothing when it cannot be looked at so: it is not there, of another schema or another user, has a log beside it, or
  // was changed a moment ago.
  static std::unique_ptr<RestingUserFile> open(const std::filesystem::path& file, const base::UserId& user);

  UserView& view() { return *view_; }
  bool is_unchanged() const;

 private:
  RestingUserFile(std::filesystem::path file, const struct stat& found, std::unique_ptr<UserView> view)
      : file_(std::move(file)), found_(found), view_(std::move(view)) {}

  std::filesystem::path file_;
  struct stat found_;
  std::unique_ptr<UserView> view_;
};

}  // namespace ownkey::store
