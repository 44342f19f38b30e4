// `ownkey restore`: puts a backup in the place of a data folder that is not there. kFailed: nothing was changed.
// kNeedsOperator when the data is there, and something is missing from it.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class RestoreCommand final : public Command {
 public:
  explicit RestoreCommand(CLI::App& program);

  std::set<config::Setting> settings() const override { return {config::Setting::Data, config::Setting::KeysFile}; }
  int run(config::Config config) const override;

 private:
  std::string folder_;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
