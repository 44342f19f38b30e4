// `ownkey backup`: a checked copy of the whole installation, also while a server runs on it. kNeedsOperator when the
// backup is there, and something in the data needs a look.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class BackupCommand final : public Command {
 public:
  BackupCommand(CLI::App& program, std::string ownkey_version);

  std::set<config::Setting> settings() const override { return {config::Setting::Data, config::Setting::KeysFile}; }
  int run(config::Config config) const override;

 private:
  const std::string ownkey_version_;
  std::string folder_;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
