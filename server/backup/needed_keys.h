// The names of the master keys that data needs, lowest first. Inside backup/ only.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "server/crypto/master_keys.h"
#include "server/store/key_facts.h"

namespace ownkey::backup {

// Data of nobody still needs the key it was begun with.
inline std::vector<std::string> needed_keys(const store::KeyFacts& facts) {
  std::vector<crypto::MasterKeyId> ids;
  for (const auto& use : facts.uses) ids.push_back(use.master_key_id);
  if (ids.empty() && !facts.checks.empty()) ids.push_back(facts.checks.front().master_key_id);
  std::sort(ids.begin(), ids.end());
  std::vector<std::string> names;
  for (const auto id : ids) names.push_back(crypto::key_name(id));
  return names;
}

}  // namespace ownkey::backup
