#include "server/commands/backup.h"

#include <iostream>
#include <utility>

#include "server/backup/make_backup.h"
#include "server/base/clock.h"
#include "server/commands/backup_output.h"
#include "server/commands/existing_data.h"
#include "server/crypto/random.h"
#include "server/installation/installation.h"
#include "server/store/key_facts.h"

namespace ownkey::commands {
namespace {

// Backups are for data that is there; nothing is made.
Result<void> check_data(const config::Config& config) {
  const auto facts = store::read_key_facts(accounts_file(config));
  if (!facts) return facts.error();
  return *facts ? Result<void>() : no_data(config);
}

json json_of(const backup::BackupReport& report, const std::string& folder) {
  auto whole = to_json(report.backup);
  whole["folder"] = folder;
  whole["bytes"] = report.bytes;
  whole["master_key_included"] = false;
  if (report.examination)
    whole["stored_keys"] = {{"readable", report.examination->values.readable},
                            {"needs_key", report.examination->values.needs_key},
                            {"lost", report.examination->values.lost}};
  return whole;
}

void print_text(const backup::BackupReport& report, const std::string& folder) {
  const auto& backup = report.backup;
  std::cout << counted(backup.users, "user") << " in " << counted(backup.files, "file") << ", " << report.bytes
            << " bytes, checked and written to " << folder << '\n';
  if (report.examination) std::cout << "stored keys that open: " << report.examination->values.readable << '\n';
  else std::cout << "stored keys were not tried, as no master key is at hand\n";
  std::cout << "THE MASTER KEY IS NOT IN THE BACKUP. Without " << list_of(backup.master_keys)
            << " nobody can read the stored keys in it: keep a copy of the key apart from it\n";
}

bool all_is_well(const backup::BackupReport& report) {
  return report.backup.damaged_users.empty() && (!report.examination || (report.examination->values.all_readable() &&
                                                                         report.examination->data_keys.all_readable()));
}

}  // namespace

BackupCommand::BackupCommand(CLI::App& program, std::string ownkey_version)
    : Command(program, "backup",
              "write a checked copy of all data, without the master key, also while the "
              "server runs"),
      ownkey_version_(std::move(ownkey_version)) {
  app_->add_option("folder", folder_, "where to write it: a folder that is missing or empty")->required();
  app_->add_flag("--json", as_json_, "print one JSON object");
  app_->footer("--data, --keys-file and the environment as for 'ownkey serve'. 'ownkey restore' brings it back.");
}

int BackupCommand::run(config::Config config) const {
  crypto::SystemRandom random;
  const base::SystemClock clock;
  if (auto there = check_data(config); !there) return fail(there.error());
  const auto keys = keys_at_hand(config, random);
  if (!keys) return fail(keys.error());
  std::int64_t unreadable = 0;
  const auto report = [&] {
    PartsProgress progress;
    return backup::make_backup(
        {config.data, folder_, *keys ? &**keys : nullptr, ownkey_version_}, random, clock,
        [&](std::string_view what, std::int64_t done, std::int64_t all) { progress.show(what, done, all); },
        // Whose whole file is not there is among the damaged users.
        [&](const vault::Finding& finding) { unreadable += finding.of == vault::Finding::Of::File ? 0 : 1; });
  }();
  if (!report) return fail(report.error());
  if (as_json_) print(json_of(*report, folder_));
  else print_text(*report, folder_);
  complain_of_damaged(report->backup);
  if (unreadable > 0)
    complain({ErrorKind::CredentialUnreadable,
              counted(unreadable, "stored key") + " cannot be read, in the data as in the backup; 'ownkey keys doctor' "
                                                  "says which and why"});
  return all_is_well(*report) ? kDone : kNeedsOperator;
}

}  // namespace ownkey::commands
