#include "server/commands/restore.h"

#include <iostream>
#include <utility>

#include "server/backup/restore.h"
#include "server/commands/backup_output.h"
#include "server/crypto/random.h"

namespace ownkey::commands {
namespace {

void print_text(const backup::Backup& backup, const config::Config& config, bool has_keys) {
  std::cout << counted(backup.users, "user") << " in " << counted(backup.files, "file") << " as of "
            << backup.created_at << ", checked and put back in " << config.data.string() << '\n';
  std::cout << "master key " << list_of(backup.master_keys)
            << (has_keys ? " fits\n"
                         : " is needed, and was not given: put it in master.key there, or set OWNKEY_KEYS or "
                           "OWNKEY_KEYS_FILE, before you start the server\n");
  std::cout << "everybody must sign in again; accounts that were deleted since are there again\n";
}

}  // namespace

RestoreCommand::RestoreCommand(CLI::App& program)
    : Command(program, "restore", "bring back a backup, into a data folder that is missing or empty") {
  app_->add_option("folder", folder_, "what 'ownkey backup' has written")->required();
  app_->add_flag("--json", as_json_, "print one JSON object");
  app_->footer(
      "--data, --keys-file and the environment as for 'ownkey serve'. Nothing is overwritten: --data must name a "
      "folder "
      "that is missing, or empty but for master.key.");
}

int RestoreCommand::run(config::Config config) const {
  crypto::SystemRandom random;
  const auto keys = keys_at_hand(config, random);
  if (!keys) return fail(keys.error());
  const auto restored = [&] {
    PartsProgress progress;
    return backup::restore(
        {folder_, config.data, *keys ? &**keys : nullptr},
        [&](std::string_view what, std::int64_t done, std::int64_t all) { progress.show(what, done, all); });
  }();
  if (!restored) return fail(restored.error());
  const auto& backup = restored->backup;
  if (as_json_) {
    auto whole = to_json(backup);
    whole["data"] = config.data.string();
    whole["master_keys_fit"] = keys->has_value();
    print(whole);
  } else {
    print_text(backup, config, keys->has_value());
  }
  complain_of_damaged(backup);
  return backup.damaged_users.empty() ? kDone : kNeedsOperator;
}

}  // namespace ownkey::commands
