#include "server/commands/existing_data.h"

#include <utility>

#include "server/installation/installation.h"
#include "server/vault/master_key_source.h"

namespace ownkey::commands {

Error no_data(const config::Config& config) {
  return {ErrorKind::NotFound, "there is no data in " + config.data.string() + "; name its folder with --data"};
}

Result<std::unique_ptr<store::AccountStore>> open_existing_accounts(const config::Config& config, Access access) {
  const auto file = accounts_file(config);
  if (!std::filesystem::exists(file)) return no_data(config);
  return access == Access::ReadOnly ? store::open_account_store_read_only(file) : store::open_account_store(file);
}

Result<ExistingData> read_existing_data(config::Config& config, crypto::Random& random) {
  const auto file = accounts_file(config);
  auto facts = store::read_key_facts(file);
  if (!facts) return std::move(facts.error());
  if (!*facts) return no_data(config);
  auto loaded = vault::load_master_keys(master_key_options(config), random);
  if (!loaded) return std::move(loaded.error());
  return ExistingData{config.data, file, std::move(**facts), std::move(loaded->keys)};
}

}  // namespace ownkey::commands
