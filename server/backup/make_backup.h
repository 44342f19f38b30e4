// Makes a backup of a data folder, also while servers and commands work on it.
//
// A backup is a folder with accounts.db and users/ as in the data folder, and manifest.jsonl. The master key is not in
// it. How the files come to fit together is in store/folder_copy.h. It is put together beside its place and gets its
// name when everything is checked and on the disk: killed anywhere, there is no folder that looks like a backup.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "server/backup/manifest.h"
#include "server/base/clock.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/vault/key_doctor.h"
#include "shared/result.h"

namespace ownkey::backup {

struct BackupWork {
  std::filesystem::path data;
  std::filesystem::path target;              // missing or empty
  const crypto::MasterKeys* keys = nullptr;  // to try the stored keys with, where they are at hand
  std::string ownkey_version;
};

struct BackupReport {
  Backup backup;
  std::int64_t bytes = 0;
  std::optional<vault::Examination> examination;  // of the copy, when there were master keys
};

// What is done just now, and how far.
using Progress = std::function<void(std::string_view what, std::int64_t done, std::int64_t all)>;

// `found` hears of stored keys that do not open; they are in the backup as they are.
Result<BackupReport> make_backup(const BackupWork& work, crypto::Random& random, const base::Clock& clock,
                                 const Progress& progress, const std::function<void(const vault::Finding&)>& found);

}  // namespace ownkey::backup
