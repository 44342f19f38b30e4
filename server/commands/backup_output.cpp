#include "server/commands/backup_output.h"

#include <filesystem>
#include <utility>

#include "server/installation/installation.h"
#include "server/vault/master_key_source.h"

namespace ownkey::commands {

void PartsProgress::show(std::string_view what, std::int64_t done, std::int64_t all) {
  if (what != what_) {
    what_ = what;
    line_.reset();  // leaves an empty line behind, before the next one begins
    line_.emplace(what_);
  }
  line_->show(done, all);
}

Result<std::optional<crypto::MasterKeys>> keys_at_hand(config::Config& config, crypto::Random& random) {
  auto options = master_key_options(config);
  options.has_database = true;  // none is made
  std::error_code ignored;
  if (options.encryption_key.empty() && options.keys.empty() && !options.keys_file &&
      !std::filesystem::exists(options.own_file, ignored))
    return std::optional<crypto::MasterKeys>();
  auto loaded = vault::load_master_keys(options, random);
  if (!loaded) return std::move(loaded.error());
  return std::optional(std::move(loaded->keys));
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

void complain_of_damaged(const backup::Backup& backup) {
  if (!backup.damaged_users.empty())
    complain({ErrorKind::Internal,
              "the files of these users were damaged or lost and are not in the backup, an older one may have them: " +
                  list_of(backup.damaged_users)});
}

}  // namespace ownkey::commands
