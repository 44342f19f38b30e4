// What a person's runs leave behind, written together (late_writes.h).
#pragma once

#include <string>
#include <vector>

#include "server/store/run_rows.h"
#include "server/store/usage_store.h"

namespace ownkey::store {

struct UsedTokens {
  UsagePlace place;
  UsageCount count;
};

struct LateRows {
  std::vector<RunRow> runs = {};        // inserted, or in the place of those of the same id
  std::vector<UsedTokens> tokens = {};  // added to what is there
  std::string keep_usage_from = {};     // days before this are forgotten; empty forgets none
};

}  // namespace ownkey::store
