// `ownkey backup`: a checked copy of the whole installation, also while a server runs on it.
//
// Standard output gets the result, as text or with --json as one object; standard error gets what went wrong, one line
// each. Exit status: 0 the backup is there, 1 there is none, 2 bad usage, 3 it is there, and something in the data
// needs the operator.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class BackupCommand {
 public:
  // Adds the command to the program.
  BackupCommand(CLI::App& program, std::string ownkey_version);
  BackupCommand(const BackupCommand&) = delete;
  BackupCommand& operator=(const BackupCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(config::Config config) const;

 private:
  CLI::App* app_;
  std::string ownkey_version_;
  std::string folder_;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
