// Command: a command of the program that does its work and ends; `serve` does not. Standard output gets the result, as
// text or with --json as one object; standard error gets what went wrong, one line each. For one thread.
#pragma once

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class Command {
 public:
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  CLI::App& app() const { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  // Those that can be given as flags; environment and .env count as for `serve`.
  virtual std::set<config::Setting> settings() const = 0;
  // The exit status (output.h).
  virtual int run(config::Config config) const = 0;

 protected:
  // Adds it to the program; the options keep addresses of members, so a command stays where it is.
  Command(CLI::App& program, const std::string& name, const std::string& meaning)
      : app_(program.add_subcommand(name, meaning)) {}

  CLI::App* const app_;
};

}  // namespace ownkey::commands
