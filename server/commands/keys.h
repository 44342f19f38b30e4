// `ownkey keys`: looks after the keys of an installation, also while a server runs on the same data.
//
// Standard output gets the result, as text or with --json as one object; standard error gets what went wrong, one line
// each. Exit status: 0 all is well, 1 the command could not do its work, 3 it did, and something needs the operator.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class KeysCommand {
 public:
  // Adds the command to the program, with the commands below it.
  explicit KeysCommand(CLI::App& program);
  KeysCommand(const KeysCommand&) = delete;
  KeysCommand& operator=(const KeysCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(config::Config config) const;

 private:
  CLI::App* add(const std::string& name, const std::string& meaning);

  CLI::App* app_;
  CLI::App* status_;
  CLI::App* rotate_;
  CLI::App* rotate_data_;
  CLI::App* doctor_;
  bool as_json_ = false;
  bool all_users_ = false;
  std::string user_;
};

}  // namespace ownkey::commands
