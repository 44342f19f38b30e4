// `ownkey restore`: puts a backup in the place of a data folder that is not there.
//
// Output as of `ownkey backup`. Exit status: 0 the data is there, 1 nothing was changed, 2 bad usage, 3 the data is
// there, and something is missing from it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class RestoreCommand {
 public:
  // Adds the command to the program.
  explicit RestoreCommand(CLI::App& program);
  RestoreCommand(const RestoreCommand&) = delete;
  RestoreCommand& operator=(const RestoreCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(config::Config config) const;

 private:
  CLI::App* app_;
  std::string folder_;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
