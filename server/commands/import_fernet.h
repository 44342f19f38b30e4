// `ownkey import-fernet`: takes over what the Python original kept (docs/import.md). kNeedsOperator when some rows did
// not come over.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class ImportFernetCommand final : public Command {
 public:
  explicit ImportFernetCommand(CLI::App& program);

  std::set<config::Setting> settings() const override {
    return {config::Setting::Data, config::Setting::KeysFile, config::Setting::Log};
  }
  int run(config::Config config) const override;

 private:
  std::string database_;
  std::string key_;
  std::string key_file_;
  bool dry_run_ = false;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
