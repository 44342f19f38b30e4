// `ownkey keys`: looks after the keys of an installation, also while a server runs on the same data.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class KeysCommand final : public Command {
 public:
  explicit KeysCommand(CLI::App& program);

  std::set<config::Setting> settings() const override { return {config::Setting::Data, config::Setting::KeysFile}; }
  int run(config::Config config) const override;

 private:
  CLI::App* add(const std::string& name, const std::string& meaning);

  CLI::App* status_;
  CLI::App* rotate_;
  CLI::App* rotate_data_;
  CLI::App* doctor_;
  bool as_json_ = false;
  bool all_users_ = false;
  std::string user_;
};

}  // namespace ownkey::commands
