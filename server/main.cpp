// The command line of ownkey.
#include <CLI/CLI.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <list>
#include <memory>
#include <set>
#include <vector>

#include "server/commands/audit.h"
#include "server/commands/backup.h"
#include "server/commands/import_fernet.h"
#include "server/commands/keys.h"
#include "server/commands/output.h"
#include "server/commands/restore.h"
#include "server/commands/user.h"
#include "server/config/config.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/http/openapi.h"
#include "server/process.h"
#include "server/serve.h"

namespace {

using namespace ownkey;

using commands::kBadUsage;
using commands::kFailed;

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
    for (const auto& flag : flags_) {
      if (flag.option->count() == 0) continue;
      // A switch may be given a word, too: --demo=false.
      const bool is_switch = config::info_of(flag.setting).is_switch;
      values.emplace(flag.setting, Secret(is_switch ? flag.option->results().back() : flag.value));
    }
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
  if (const auto sound = check_settings(*config); !sound) return fail(kBadUsage, sound.error().public_text);
  const auto served = serve(std::move(*config));
  if (!served) return fail(kFailed, served.error().public_text);
  return 0;
}

int run_command(const commands::Command& command, const SettingFlags& flags) {
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

// The description comes from a running server, which alone has all routes.
int run_api_docs() {
  const auto document = parse_json(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  if (!document || !document->contains("openapi"))
    return fail(kFailed, "give it what a server answers at /api/openapi.json on standard input");
  std::cout << http::api_markdown(*document);
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app{"Ownkey: each person brings their own LLM keys"};
  app.set_version_flag("--version", "ownkey " OWNKEY_VERSION);
  app.require_subcommand(1);
  auto* serve_command = app.add_subcommand("serve", "serve the page and the API");
  const SettingFlags flags(*serve_command);
  std::vector<std::unique_ptr<commands::Command>> all_commands;
  all_commands.push_back(std::make_unique<commands::ImportFernetCommand>(app));
  all_commands.push_back(std::make_unique<commands::KeysCommand>(app));
  all_commands.push_back(std::make_unique<commands::BackupCommand>(app, OWNKEY_VERSION));
  all_commands.push_back(std::make_unique<commands::RestoreCommand>(app));
  all_commands.push_back(std::make_unique<commands::AuditCommand>(app));
  all_commands.push_back(std::make_unique<commands::UserCommand>(app));
  std::list<SettingFlags> command_flags;  // of each of those
  for (const auto& command : all_commands) command_flags.emplace_back(command->app(), command->settings());
  auto* keygen_command = app.add_subcommand("keygen", "print a new master key");
  auto* settings_command = app.add_subcommand("settings", "print all settings as Markdown");
  auto* api_docs_command =
      app.add_subcommand("api-docs", "read a server's /api/openapi.json from standard input, print it as Markdown");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help_or_version) {
    return app.exit(asked_for_help_or_version);
  } catch (const CLI::ParseError& error) {
    return fail(kBadUsage, std::string(error.what()) + "; 'ownkey --help' tells what there is");
  }
  harden_process();
  if (*serve_command) return run_serve(flags);
  auto flags_of_command = command_flags.begin();
  for (const auto& command : all_commands) {
    if (command->is_asked_for()) return run_command(*command, *flags_of_command);
    ++flags_of_command;
  }
  if (*keygen_command) return run_keygen();
  if (*api_docs_command) return run_api_docs();
  if (*settings_command) std::cout << config::settings_markdown();
  return 0;
}

}  // namespace

// Nothing should get this far. If something does, it is still one line.
int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    return fail(kFailed, error.what());
  }
}
