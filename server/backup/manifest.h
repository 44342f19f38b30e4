// The manifest of a backup: what must be in it, and which master keys it needs. Written last, so a folder without one
// is not a whole backup. It tells damage from soundness; it does not stop somebody who may write to the backup.
//
// manifest.jsonl: a JSON object a line, first the Backup, then one File for each file, in the order of their names.
// Lines, because there is one for each user, and no reader must hold them all in one text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "shared/fields.h"
#include "shared/result.h"

namespace ownkey::backup {

inline constexpr int kFormat = 1;

struct Backup {
  int format = kFormat;
  std::string ownkey_version;
  std::string created_at;  // when it began: everything that was answered before is in it
  std::string instance_id;
  std::vector<std::string> master_keys;  // without these it cannot be read: "k1"
  std::int64_t users = 0;
  std::int64_t files = 0;
  std::vector<std::string> damaged_users;  // whose files were damaged already and are not in it

  static constexpr auto fields() {
    return std::tuple{Field{"format", &Backup::format},
                      Field{"ownkey_version", &Backup::ownkey_version},
                      Field{"created_at", &Backup::created_at},
                      Field{"instance_id", &Backup::instance_id},
                      Field{"master_keys", &Backup::master_keys},
                      Field{"users", &Backup::users},
                      Field{"files", &Backup::files},
                      Field{"damaged_users", &Backup::damaged_users}};
  }
};

struct File {
  std::string path;  // from the folder of the backup: "accounts.db", "users/ab/<id>.db"
  std::int64_t bytes = 0;
  std::string sha256;

  static constexpr auto fields() {
    return std::tuple{Field{"path", &File::path}, Field{"bytes", &File::bytes}, Field{"sha256", &File::sha256}};
  }
};

struct Manifest {
  Backup backup;
  std::vector<File> files;
};

// On the disk when it returns. `manifest.backup.files` is set here.
Result<void> write_manifest(const std::filesystem::path& folder, Manifest manifest);

// Refuses a folder without a manifest, one of a format that we do not know, and paths that are not a backup's.
Result<Manifest> read_manifest(const std::filesystem::path& folder);

}  // namespace ownkey::backup
