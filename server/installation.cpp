#include "server/installation.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "server/store/key_facts.h"
#include "server/vault/master_key_source.h"

namespace ownkey {
namespace {

constexpr std::size_t kOpenUserFiles = 256;

Result<void> make_data_folder(const std::filesystem::path& folder, base::Log& log) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  struct stat status {};
  const bool usable = !error && ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                      ::access(folder.c_str(), R_OK | W_OK | X_OK) == 0;
  if (!usable)
    return Error{ErrorKind::Internal, "the data folder " + folder.string() + " cannot be used: " +
                                          (error ? error.message() : std::string(std::strerror(errno)))};
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    log.warning("others can look into the data folder; run chmod 700 on it", {{"folder", folder.string()}});
  return {};
}

// The master keys, proven to fit the data before anything is opened for writing.
Result<crypto::MasterKeys> fitting_master_keys(config::Config& config, const std::filesystem::path& database,
                                               crypto::Random& random, base::Log& log) {
  const auto facts = store::read_key_facts(database);
  if (!facts) return facts.error();
  const vault::MasterKeyOptions options{std::move(config.encryption_key), std::move(config.keys), config.keys_file,
                                        config.data / "master.key", std::filesystem::exists(database)};
  auto loaded = vault::load_master_keys(options, random);
  if (!loaded) return std::move(loaded.error());
  if (*facts)
    if (auto fits = vault::check_master_keys(**facts, loaded->keys); !fits) return std::move(fits.error());
  if (loaded->made_now)
    log.warning("made a new master key; back it up: without it, the stored keys are lost for good",
                {{"file", std::filesystem::absolute(options.own_file).string()}});
  return std::move(loaded->keys);
}

}  // namespace

Installation::Installation(std::unique_ptr<store::AccountStore> accounts, const std::filesystem::path& folder)
    : accounts_(std::move(accounts)), users_(folder, kOpenUserFiles) {}

Result<std::unique_ptr<Installation>> Installation::open(config::Config& config, base::Log& log) {
  crypto::SystemRandom random;
  if (auto made = make_data_folder(config.data, log); !made) return made.error();
  const auto database = config.data / "accounts.db";
  auto master_keys = fitting_master_keys(config, database, random, log);
  if (!master_keys) return std::move(master_keys.error());
  auto accounts = store::open_account_store(database);
  if (!accounts) return std::move(accounts.error());
  auto installation = std::unique_ptr<Installation>(new Installation(std::move(*accounts), config.data));
  auto keys = vault::KeyRing::open(*installation->accounts_, *master_keys, installation->random_, installation->clock_);
  if (!keys) return std::move(keys.error());
  installation->keys_.emplace(std::move(*keys));
  installation->vault_.emplace(*installation->accounts_, installation->users_, *installation->keys_,
                               installation->random_, installation->clock_);
  return installation;
}

}  // namespace ownkey
