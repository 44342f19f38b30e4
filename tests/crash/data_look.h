// DataLook: looks at the data of a server with connections of its own, as another process does, also while the server
// runs. For one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/crash/open_data.h"
#include "tests/crash/report.h"

namespace ownkey::crash {

struct StoredKey {
  vault::CredentialInfo info;
  std::string value;
};

class DataLook {
 public:
  // Borrows the report.
  DataLook(const std::filesystem::path& folder, const std::string& master_keys, Report& report);

  std::optional<base::UserId> find_user(const std::string& email);
  // All that open; the others are reported.
  std::vector<StoredKey> keys_of(const base::UserId& user);

  // Reports files that fail PRAGMA integrity_check, and of one user also an audit log whose chain is broken.
  void check_file_of(const base::UserId& user);
  void check_accounts_file();
  void check_all_files();
  // Reports data keys and values that do not open.
  void check_all_keys();

 private:
  void check_file(const std::filesystem::path& file);

  Report& report_;
  const std::filesystem::path folder_;
  OpenData data_;
};

// The schema of a database file; 0 when it has none.
int schema_version(const std::filesystem::path& file);

}  // namespace ownkey::crash
