#include "server/commands/output.h"

#include <iostream>

namespace ownkey::commands {

std::string counted(std::int64_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

void print(const json& value) { std::cout << dump_json(value) << '\n'; }

void complain(const Error& error, const std::string& about) {
  std::cerr << "ownkey: " << about << error.public_text;
  if (!error.log_text.empty()) std::cerr << " (" << error.log_text << ")";
  std::cerr << '\n';
}

int fail(const Error& error) {
  complain(error);
  return kFailed;
}

}  // namespace ownkey::commands
