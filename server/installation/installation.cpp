#include "server/installation/installation.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "server/crypto/digest.h"
#include "server/store/data_folder.h"
#include "server/store/folder_copy.h"
#include "server/store/key_facts.h"
#include "server/vault/key_doctor.h"

namespace ownkey {
namespace {

constexpr std::size_t kOpenUserFiles = 256;
constexpr auto kLongestLook = std::chrono::seconds(1);

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

// Whether users have data here, which they may although the file that lists the users is gone.
bool has_user_files(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::recursive_directory_iterator end;
  for (std::filesystem::recursive_directory_iterator entry(folder / "users", error); !error && entry != end;
       entry.increment(error))
    if (entry->is_regular_file()) return true;
  return false;
}

// Tries every data key, and stored keys for as long as the start may take, so that the operator hears of what is
// damaged before anything is written. Gives what was found. It must come before this process opens the databases for
// good: reading a file beside SQLite gives up the locks that SQLite holds on it (sqlite.org/howtocorrupt.html, 2.2).
Result<std::vector<vault::Finding>> try_keys(const config::Config& config, const store::KeyFacts& facts,
                                             const crypto::MasterKeys& keys, crypto::Random& random, base::Log& log) {
  const auto accounts = store::open_account_store_read_only(accounts_file(config));
  if (!accounts) return accounts.error();
  const store::UserStores users(config.data, kOpenUserFiles, crypto::sha256_text);
  const auto ring = vault::KeyRing::of_fitting(facts, keys, random);
  vault::KeyDoctor doctor(**accounts, users, ring);
  std::vector<vault::Finding> findings;
  const auto found = [&](const vault::Finding& finding) {
    vault::log_finding(log, finding);
    findings.push_back(finding);
  };
  const auto data_keys = doctor.examine(vault::KeyDoctor::Depth::DataKeys, found, [](const auto&) { return true; });
  if (!data_keys) return data_keys.error();
  vault::log_summary(log, "data keys", data_keys->users, data_keys->data_keys);

  const auto end = std::chrono::steady_clock::now() + kLongestLook;
  const auto found_besides = [&](const vault::Finding& finding) {
    if (finding.of != vault::Finding::Of::DataKey) found(finding);
  };
  const auto values = doctor.examine(vault::KeyDoctor::Depth::Values, found_besides,
                                     [&](const auto&) { return std::chrono::steady_clock::now() < end; });
  if (!values) return values.error();
  vault::log_summary(log, "stored keys", values->users, values->values);
  if (values->users < data_keys->users) log.info("did not look at the keys of all users; 'ownkey keys doctor' does");
  return findings;
}

// Nothing is ever made over data that is damaged or lost.
Error needs_restore(const config::Config& config, const std::string& what) {
  return {ErrorKind::Internal, what + "; move " + config.data.string() +
                                   " away and bring your backup back: ownkey restore BACKUP --data " +
                                   config.data.string() + " (nothing was changed)"};
}

// Before anything is opened for writing. A file of one user is not looked at: if it is damaged, that user is told so
// and everybody else's is served.
Result<void> check_database(const config::Config& config, const std::filesystem::path& database) {
  const auto damage = store::find_damage(database);
  if (!damage) return damage.error();
  if (*damage) return needs_restore(config, database.string() + " is damaged (" + **damage + ")");
  return {};
}

// The master keys, proven to fit the data before anything is opened for writing.
Result<crypto::MasterKeys> fitting_master_keys(config::Config& config, const std::filesystem::path& database,
                                               crypto::Random& random, base::Log& log,
                                               std::vector<vault::Finding>& findings) {
  if (auto sound = check_database(config, database); !sound) return sound.error();
  const auto facts = store::read_key_facts(database);
  if (!facts) return facts.error();
  if (!*facts && has_user_files(config.data))
    return needs_restore(config, database.string() + " is missing or empty, but " + (config.data / "users").string() +
                                     " holds data of users");
  const auto options = master_key_options(config);
  auto loaded = vault::load_master_keys(options, random);
  if (!loaded) return std::move(loaded.error());
  if (*facts) {
    if (auto fits = vault::check_master_keys(**facts, loaded->keys); !fits) return std::move(fits.error());
    auto found = try_keys(config, **facts, loaded->keys, random, log);
    if (!found) return std::move(found.error());
    findings = std::move(*found);
  }
  if (loaded->made_now)
    log.warning("made a new master key; back it up: without it, the stored keys are lost for good",
                {{"file", std::filesystem::absolute(options.own_file).string()}});
  return std::move(loaded->keys);
}

}  // namespace

std::filesystem::path accounts_file(const config::Config& config) { return config.data / store::kAccountsFile; }

vault::MasterKeyOptions master_key_options(config::Config& config) {
  std::error_code error;  // when it cannot be looked at, there is something
  return {std::move(config.encryption_key), std::move(config.keys), config.keys_file, config.data / "master.key",
          std::filesystem::exists(accounts_file(config), error) || error};
}

Installation::Installation(std::unique_ptr<store::AccountStore> accounts, const std::filesystem::path& folder)
    : accounts_(std::move(accounts)), users_(folder, kOpenUserFiles, crypto::sha256_text, accounts_.get()) {}

Result<std::unique_ptr<Installation>> Installation::open(config::Config& config, base::Log& log) {
  crypto::SystemRandom random;
  if (auto made = make_data_folder(config.data, log); !made) return made.error();
  const auto database = accounts_file(config);
  std::vector<vault::Finding> findings;
  auto master_keys = fitting_master_keys(config, database, random, log, findings);
  if (!master_keys) return std::move(master_keys.error());
  auto accounts = store::open_account_store(database);
  if (!accounts) return std::move(accounts.error());
  auto installation = std::unique_ptr<Installation>(new Installation(std::move(*accounts), config.data));
  auto keys = vault::KeyRing::open(*installation->accounts_, *master_keys, installation->random_, installation->clock_);
  if (!keys) return std::move(keys.error());
  installation->keys_.emplace(std::move(*keys));
  installation->vault_.emplace(*installation->accounts_, installation->users_, *installation->keys_,
                               installation->random_, installation->clock_);
  for (const auto& finding : findings)
    if (finding.of == vault::Finding::Of::Value && finding.column == vault::kKeyColumn)
      installation->vault_->note_unreadable(finding.user, finding.credential, finding.generation);
  return installation;
}

}  // namespace ownkey
