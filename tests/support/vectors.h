// Reads tests/vectors/*.vec: "name = value" lines, an empty line between cases, '#' comments.
#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/base/bytes.h"

namespace ownkey::test {

using VectorCase = std::map<std::string, std::string>;

inline std::vector<VectorCase> read_vectors(const std::string& name) {
  std::ifstream file(OWNKEY_SOURCE_DIR "/tests/vectors/" + name);
  if (!file) throw std::runtime_error("no vector file " + name);
  std::vector<VectorCase> cases(1);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      if (!cases.back().empty()) cases.emplace_back();
      continue;
    }
    const auto equals = line.find('=');
    const auto name_end = line.find_last_not_of(' ', equals - 1);
    const auto value_start = line.find_first_not_of(' ', equals + 1);
    cases.back()[line.substr(0, name_end + 1)] = value_start == std::string::npos ? "" : line.substr(value_start);
  }
  if (cases.back().empty()) cases.pop_back();
  if (cases.empty()) throw std::runtime_error("no cases in " + name);
  return cases;
}

inline base::Bytes from_hex(const std::string& text) {
  base::Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(i, 2), nullptr, 16)));
  return bytes;
}

}  // namespace ownkey::test
