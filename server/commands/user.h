// `ownkey user`: the operator's commands about accounts, also while a server runs on the same data. They need no key.
//
// Standard output gets the result, as text or with --json as one object; standard error gets what went wrong, one line
// each. Exit status: 0 done, 1 the command could not do its work.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class UserCommand {
 public:
  // Adds the command to the program, with the commands below it.
  explicit UserCommand(CLI::App& program);
  UserCommand(const UserCommand&) = delete;
  UserCommand& operator=(const UserCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(const config::Config& config) const;

 private:
  CLI::App* add(const std::string& name, const std::string& meaning);
  CLI::App* add_for_one(const std::string& name, const std::string& meaning);

  CLI::App* app_;
  CLI::App* list_;
  CLI::App* disable_;
  CLI::App* enable_;
  CLI::App* reset_password_;
  CLI::App* reset_two_factor_;
  bool as_json_ = false;
  bool reads_password_ = false;
  std::string user_;
};

}  // namespace ownkey::commands
