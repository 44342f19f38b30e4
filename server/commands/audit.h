// `ownkey audit verify`: whether the audit logs of users are what was written into them, also while a server runs on
// the same data. It changes nothing and needs no key.
//
// Standard output gets the result, as text or with --json as one object; standard error gets what went wrong, one line
// each. Exit status: 0 all is well, 1 the command could not do its work, 3 it did, and a log is broken.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class AuditCommand {
 public:
  // Adds the command to the program, with the command below it.
  explicit AuditCommand(CLI::App& program);
  AuditCommand(const AuditCommand&) = delete;
  AuditCommand& operator=(const AuditCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(const config::Config& config) const;

 private:
  CLI::App* app_;
  bool as_json_ = false;
  bool all_users_ = false;
  std::string user_;
};

}  // namespace ownkey::commands
