// `ownkey audit verify`: whether the audit logs of users are what was written into them, also while a server runs on
// the same data. It changes nothing and needs no key. kNeedsOperator when a log is broken.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class AuditCommand final : public Command {
 public:
  explicit AuditCommand(CLI::App& program);

  std::set<config::Setting> settings() const override { return {config::Setting::Data}; }
  int run(config::Config config) const override;

 private:
  bool as_json_ = false;
  bool all_users_ = false;
  std::string user_;
};

}  // namespace ownkey::commands
