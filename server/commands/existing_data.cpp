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
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return error ? Error{ErrorKind::Internal,
                         "the data folder " + config.data.string() + " cannot be looked into: " + error.message()}
                 : no_data(config);
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

Result<WritableData> open_for_writing(const ExistingData& data, crypto::Random& random) {
  if (auto fits = vault::check_master_keys(data.facts, data.keys); !fits) return std::move(fits.error());
  const auto primary = data.keys.primary();
  if (vault::fit_of(data.facts, primary, *data.keys.find(primary)) == vault::KeyFit::New)
    return Error{ErrorKind::Conflict, "no server has run with master key " + crypto::key_name(primary) +
                                          " yet; start the server with it first, then do this (nothing was changed)"};
  auto accounts = store::open_account_store(data.accounts_file);
  if (!accounts) return std::move(accounts.error());
  return WritableData{std::move(*accounts), vault::KeyRing::of_fitting(data.facts, data.keys, random)};
}

}  // namespace ownkey::commands
