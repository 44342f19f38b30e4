// What `backup` and `restore` have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/backup/make_backup.h"
#include "server/commands/output.h"
#include "server/commands/progress.h"
#include "server/config/config.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "shared/result.h"

namespace ownkey::commands {

// A progress line for each part of the work.
class PartsProgress {
 public:
  void show(std::string_view what, std::int64_t done, std::int64_t all);

 private:
  std::string what_;
  std::optional<Progress> line_;
};

// The master keys where they are at hand: both commands can do without. A key that is given and cannot be read is an
// error all the same.
Result<std::optional<crypto::MasterKeys>> keys_at_hand(config::Config& config, crypto::Random& random);

// "k1, k2".
std::string list_of(const std::vector<std::string>& names);

// Users whose files were damaged when the backup was made.
void complain_of_damaged(const backup::Backup& backup);

}  // namespace ownkey::commands
