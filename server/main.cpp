// The command line of ownkey.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <list>
#include <set>

#include "server/commands/audit.h"
#include "server/commands/backup.h"
#include "server/commands/import_fernet.h"
#include "server/commands/keys.h"
#include "server/commands/restore.h"
#include "server/commands/user.h"
#include "server/config/config.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/serve.h"

namespace {

using namespace ownkey;

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

int fail(int code, const std::string& text) {
  std::cerr << "ownkey: " << text << '\n';
  return code;
}

// A flag for every setting that may have one, or for the given ones alone.
class SettingFlags {
 public:
  explicit SettingFlags(CLI::App& command, const std::set<config::Setting>& only = {}) {
    for (const auto& info : config::all_settings()) {
      if (info.flag.empty() || (!only.empty() && !only.contains(info.setting))) continue;
      auto& flag = flags_.emplace_back();
      flag.setting = info.setting;
      const std::string name(info.flag), meaning(info.meaning);
      flag.option =
          info.is_switch ? command.add_flag(name, meaning) : command.add_option(name, flag.value, meaning)->take_last();
    }
  }

  config::SettingValues values() const {
    config::SettingValues values;
    for (const auto& flag : flags_)
      if (flag.option->count() > 0)
        values.emplace(flag.setting, Secret(config::info_of(flag.setting).is_switch ? "true" : flag.value));
    return values;
  }

 private:
  struct Flag {
    config::Setting setting{};
    std::string value;
    CLI::Option* option = nullptr;
  };
  std::list<Flag> flags_;  // a list, because options keep the address of their value
};

Result<config::SettingValues> read_env_file() {
  std::ifstream file(".env");
  if (!file) return config::SettingValues{};
  std::string text{std::istreambuf_iterator<char>(file), {}};
  auto values = config::parse_env_file(text);
  wipe(text);
  if (!values) values.error().public_text = ".env: " + values.error().public_text;
  return values;
}

Result<config::Config> read_config(config::SettingValues flags) {
  auto environment = config::take_environment();
  if (!environment) return std::move(environment.error());
  auto env_file = read_env_file();
  if (!env_file) return std::move(env_file.error());
  return config::make_config(std::move(flags), std::move(*environment), std::move(*env_file));
}

int run_serve(const SettingFlags& flags) {
  auto config = read_config(flags.values());
  if (!config) return fail(kBadUsage, config.error().public_text);
  const auto served = serve(std::move(*config));
  if (!served) return fail(kFailed, served.error().public_text);
  return 0;
}

int run_command(const auto& command, const SettingFlags& flags) {
  auto config = read_config(flags.values());
  if (!config) return fail(kBadUsage, config.error().public_text);
  return command.run(std::move(*config));
}

int run_keygen() {
  crypto::SystemRandom random;
  const auto key = crypto::generate_master_key(random);
  std::cout << key.reveal() << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Ownkey: each person brings their own LLM keys"};
  app.set_version_flag("--version", "ownkey " OWNKEY_VERSION);
  app.require_subcommand(1);
  auto* serve_command = app.add_subcommand("serve", "serve the page and the API");
  const SettingFlags flags(*serve_command);
  commands::ImportFernetCommand import_command(app);
  const SettingFlags import_flags(import_command.app());
  commands::KeysCommand keys_command(app);
  const SettingFlags keys_flags(keys_command.app(), {config::Setting::Data, config::Setting::KeysFile});
  commands::BackupCommand backup_command(app, OWNKEY_VERSION);
  const SettingFlags backup_flags(backup_command.app(), {config::Setting::Data, config::Setting::KeysFile});
  commands::RestoreCommand restore_command(app);
  const SettingFlags restore_flags(restore_command.app(), {config::Setting::Data, config::Setting::KeysFile});
  commands::AuditCommand audit_command(app);
  const SettingFlags audit_flags(audit_command.app(), {config::Setting::Data});
  commands::UserCommand user_command(app);
  const SettingFlags user_flags(user_command.app(), {config::Setting::Data});
  auto* keygen_command = app.add_subcommand("keygen", "print a new master key");
  auto* settings_command = app.add_subcommand("settings", "print all settings as Markdown");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help_or_version) {
    return app.exit(asked_for_help_or_version);
  } catch (const CLI::ParseError& error) {
    return fail(kBadUsage, std::string(error.what()) + "; 'ownkey --help' tells what there is");
  }
  if (*serve_command) return run_serve(flags);
  if (import_command.is_asked_for()) return run_command(import_command, import_flags);
  if (keys_command.is_asked_for()) return run_command(keys_command, keys_flags);
  if (backup_command.is_asked_for()) return run_command(backup_command, backup_flags);
  if (restore_command.is_asked_for()) return run_command(restore_command, restore_flags);
  if (audit_command.is_asked_for()) return run_command(audit_command, audit_flags);
  if (user_command.is_asked_for()) return run_command(user_command, user_flags);
  if (*keygen_command) return run_keygen();
  if (*settings_command) std::cout << config::settings_markdown();
  return 0;
}
