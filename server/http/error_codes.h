// What the codes of errors mean, for the description of the API. Pure functions.
#pragma once

#include <set>
#include <string_view>
#include <vector>

namespace ownkey::http {

struct ErrorCode {
  std::string_view code;
  std::set<int> statuses;  // with which it is answered
  std::string_view meaning;
};

// Each code once, in the order of their kinds.
std::vector<ErrorCode> error_codes();

}  // namespace ownkey::http
