// UnfinishedFolder: where a folder is put together beside its final place, so that it is there whole or not at all.
//
// Its name is ".NAME.unfinished-ownkey". A lock on it says that somebody is at work; the system gives the lock up when
// that process ends, however it ends, and whoever begins in the same place next takes the leftovers away. One thread at
// a time; several processes.
#pragma once

#include <filesystem>

#include "server/base/descriptor.h"
#include "shared/result.h"

namespace ownkey::backup {

class UnfinishedFolder {
 public:
  // Makes it, with mode 0700, for what will be `target`. Conflict while another process is at work for the same target.
  static Result<UnfinishedFolder> begin(const std::filesystem::path& target);

  UnfinishedFolder(UnfinishedFolder&& other) noexcept;
  UnfinishedFolder& operator=(UnfinishedFolder&&) = delete;
  // Takes everything away again, unless it was published.
  ~UnfinishedFolder();

  const std::filesystem::path& path() const { return path_; }

  // Brings all names in it to the disk and gives it its final name. The target may be missing or empty.
  Result<void> publish();
  // The same where the target is a folder that holds a file of this name, and nothing else: the two change places, and
  // what was there is removed. Conflict, and all is as it was, when there is more in it by then.
  Result<void> publish_in_exchange(const std::filesystem::path& only);

 private:
  UnfinishedFolder(std::filesystem::path target, std::filesystem::path path, base::Descriptor lock);
  Result<void> rename(unsigned flags);
  Result<void> take_back();

  std::filesystem::path target_;
  std::filesystem::path path_;  // empty once published
  base::Descriptor lock_;
};

}  // namespace ownkey::backup
