// Puts a backup in the place of a data folder that is not there.
//
// Everything is copied beside its place and checked there: the manifest, each file's size and hash, each database, that
// the manifest speaks of this accounts.db, and that the master keys fit where they are at hand. Only then it gets its
// name, in one step: killed anywhere, the data folder is as it was or whole.
#pragma once

#include <filesystem>
#include <optional>

#include "server/backup/make_backup.h"
#include "server/backup/manifest.h"
#include "server/crypto/master_keys.h"
#include "shared/result.h"

namespace ownkey::backup {

struct RestoreWork {
  std::filesystem::path backup;
  std::filesystem::path data;                // missing, empty, or with nothing in it but master.key, which stays
  const crypto::MasterKeys* keys = nullptr;  // refused when they do not fit
};

// What was put back.
Result<Manifest> restore(const RestoreWork& work, const Progress& progress);

}  // namespace ownkey::backup
