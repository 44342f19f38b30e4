// What commands print: results to standard output, trouble to standard error, one line each. For one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::commands {

// Exit statuses.
inline constexpr int kDone = 0;           // and all is well
inline constexpr int kFailed = 1;         // the command could not do its work
inline constexpr int kBadUsage = 2;       // so it did nothing
inline constexpr int kNeedsOperator = 3;  // it did its work, and something needs a look

// "1 user", "2 users".
std::string counted(std::int64_t count, std::string_view thing);

void print(const json& value);
void complain(const Error& error, const std::string& about = {});
// Complains, and gives kFailed.
int fail(const Error& error);

}  // namespace ownkey::commands
