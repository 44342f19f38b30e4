// `ownkey user`: the operator's commands about accounts, also while a server runs on the same data. Only `add` needs
// the master key.
#pragma once

#include <set>
#include <string>

#include "server/commands/command.h"

namespace ownkey::commands {

class UserCommand final : public Command {
 public:
  explicit UserCommand(CLI::App& program);

  std::set<config::Setting> settings() const override { return {config::Setting::Data, config::Setting::KeysFile}; }
  int run(config::Config config) const override;

 private:
  CLI::App* add(const std::string& name, const std::string& meaning);
  CLI::App* add_for_one(const std::string& name, const std::string& meaning);

  int add_user(config::Config config) const;
  int change_user(const config::Config& config) const;

  CLI::App* list_;
  CLI::App* add_;
  CLI::App* delete_;
  CLI::App* disable_;
  CLI::App* enable_;
  CLI::App* reset_password_;
  CLI::App* reset_two_factor_;
  CLI::App* begin_anew_;
  bool as_json_ = false;
  bool reads_password_ = false;
  bool is_sure_ = false;
  std::string user_;
  std::string email_;
  std::string full_name_;
};

}  // namespace ownkey::commands
