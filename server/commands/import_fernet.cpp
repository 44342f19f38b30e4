#include "server/commands/import_fernet.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/log.h"
#include "server/commands/output.h"
#include "server/crypto/encoding.h"
#include "server/crypto/random.h"
#include "server/installation/installation.h"
#include "server/store/python_database.h"
#include "server/vault/fernet_import.h"
#include "server/vault/import_target.h"
#include "server/vault/master_key_source.h"
#include "shared/validation.h"

namespace ownkey::commands {
namespace {

using vault::ImportReport;
using vault::KeyImport;
using vault::PasswordImport;
using vault::UserImport;

Secret take_variable(const char* name) {
  char* value = std::getenv(name);
  if (!value) return {};
  Secret secret{std::string_view(value)};
  wipe(value, std::strlen(value));  // /proc/PID/environ shows this memory even after the variable is unset
  unsetenv(name);
  return secret;
}

// From the first place that has one: the command line, the file, the environment.
Result<crypto::Key> fernet_key(std::string_view typed, const std::string& file, const config::Config& config) {
  const auto variable = take_variable("FERNET_KEY");
  Secret text(typed);
  if (!file.empty()) {
    auto read = vault::read_key_file(file);
    if (!read) return std::move(read.error());
    text = std::move(*read);
  }
  if (text.empty()) text = variable.clone();
  if (text.empty()) text = config.encryption_key.clone();
  if (text.empty())
    return invalid(
        "", "give the ENCRYPTION_KEY of the Python original: with --key-file FILE, or in the variable FERNET_KEY");
  auto key = crypto::decode_key(trimmed(text.reveal()));
  if (!key)
    return invalid(
        "",
        "the key is not a Fernet key, which is 32 bytes in base64, 44 characters long; check that all of it is there");
  return std::move(*key);
}

Result<ImportReport> run_import(const store::PythonData& data, const crypto::Key& key, config::Config& config,
                                bool dry_run) {
  crypto::SystemRandom random;
  // With a wrong key there is nothing to open the installation for: that might make it.
  if (dry_run || vault::is_wrong_key(data, key)) {
    vault::DryTarget target(config.data);
    return vault::import_python_data(data, key, target, random);
  }
  auto log = base::Log::to_stderr(config.log);
  const auto opened = Installation::open(config, log);
  if (!opened) return opened.error();
  auto& here = **opened;
  vault::InstallationTarget target(here.accounts(), here.users(), here.vault(), here.keys(), here.random(),
                                   here.clock());
  return vault::import_python_data(data, key, target, random);
}

json totals_of(const ImportReport& report) {
  json totals;
  for (const auto& [result, name] : names_of(UserImport{})) totals["users"][std::string(name)] = report.count(result);
  for (const auto& [result, name] : names_of(KeyImport{}))
    totals["credentials"][std::string(name)] = report.count(result);
  for (const auto& [result, name] : names_of(PasswordImport{}))
    totals["passwords"][std::string(name)] = report.count(result);
  return totals;
}

void print_json(const ImportReport& report, bool dry_run) {
  auto whole = to_json(report);
  whole["dry_run"] = dry_run;
  whole["totals"] = totals_of(report);
  print(whole);
}

// "2 created, 1 exists"; results that did not occur are left out.
template <class Outcome>
std::string summary(const ImportReport& report) {
  std::string text;
  for (const auto& [result, name] : names_of(Outcome{}))
    if (const auto count = report.count(result); count > 0)
      text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(name);
  return text.empty() ? "none" : text;
}

std::string in_brackets(const std::optional<std::string>& reason) { return reason ? " (" + *reason + ")" : ""; }

void print_text(const ImportReport& report, bool dry_run) {
  for (const auto& user : report.users) {
    std::cout << "user " << user.row << "  " << user.email.value_or("-") << "  " << name_of(user.result);
    if (user.password) std::cout << ", password " << name_of(*user.password);
    std::cout << in_brackets(user.reason) << '\n';
  }
  for (const auto& key : report.credentials)
    std::cout << "key " << key.row << "  " << key.email.value_or("-") << "  " << key.provider << "  "
              << name_of(key.result) << in_brackets(key.reason) << '\n';
  std::cout << "users: " << summary<UserImport>(report) << "\nkeys: " << summary<KeyImport>(report) << '\n';
  if (report.count(PasswordImport::NeedsReset) > 0)
    std::cout << "passwords: " << summary<PasswordImport>(report)
              << "; who needs a reset cannot sign in before 'ownkey user reset-password'\n";
  if (report.count(UserImport::NotTried) > 0)
    std::cout << "none of the keys opens with this ENCRYPTION_KEY, so nothing was imported; it may belong to another "
                 "installation\n";
  if (dry_run) std::cout << "this was a dry run: nothing was written\n";
}

int exit_status(const ImportReport& report) {
  if (report.count(UserImport::NotTried) > 0) return kFailed;
  const auto users = report.count(UserImport::Created) + report.count(UserImport::Exists);
  const auto keys = report.count(KeyImport::Imported) + report.count(KeyImport::Kept);
  return users == std::ssize(report.users) && keys == std::ssize(report.credentials) ? kDone : kNeedsOperator;
}

int refuse(const Error& error) {
  complain(error);
  return error.kind == ErrorKind::InvalidRequest ? kBadUsage : kFailed;
}

}  // namespace

ImportFernetCommand::ImportFernetCommand(CLI::App& program)
    : Command(program, "import-fernet", "take over the accounts and keys of the Python original") {
  app_->add_option("--db", database_, "SQLite file of the Python original; it is only read")->required();
  auto* key =
      app_->add_option("--key", key_,
                       "ENCRYPTION_KEY of the Python original; every user of this machine can see a command line, so "
                       "rather use --key-file or the variable FERNET_KEY");
  app_->add_option("--key-file", key_file_, "file that holds that key; only its owner may read it")->excludes(key);
  app_->add_flag("--dry-run", dry_run_, "tell what would be imported, and write nothing");
  app_->add_flag("--json", as_json_, "print one JSON object");
  app_->footer("Without --key and --key-file, the key is taken from FERNET_KEY, then from ENCRYPTION_KEY.");
}

int ImportFernetCommand::run(config::Config config) const {
  const auto key = fernet_key(key_, key_file_, config);
  if (!key) return refuse(key.error());
  const auto data = store::read_python_database(database_);
  if (!data) return refuse(data.error());
  const auto report = run_import(*data, *key, config, dry_run_);
  if (!report) return refuse(report.error());
  if (as_json_) print_json(*report, dry_run_);
  else print_text(*report, dry_run_);
  return exit_status(*report);
}

}  // namespace ownkey::commands
