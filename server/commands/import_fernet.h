// `ownkey import-fernet`: takes over what the Python original kept (docs/import.md).
//
// Standard output gets the report, as text or with --json as one object; standard error gets what went wrong, in one
// line. Exit status: 0 all is here, 1 the command could not do its work, 2 bad usage, 3 it did, and some rows did not
// come over.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config/config.h"

namespace ownkey::commands {

class ImportFernetCommand {
 public:
  // Adds the command to the program.
  explicit ImportFernetCommand(CLI::App& program);
  ImportFernetCommand(const ImportFernetCommand&) = delete;
  ImportFernetCommand& operator=(const ImportFernetCommand&) = delete;

  // For the flags of the settings.
  CLI::App& app() { return *app_; }
  bool is_asked_for() const { return app_->parsed(); }

  int run(config::Config config) const;

 private:
  CLI::App* app_;
  std::string database_;
  std::string key_;
  std::string key_file_;
  bool dry_run_ = false;
  bool as_json_ = false;
};

}  // namespace ownkey::commands
