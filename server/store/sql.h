// Putting statements together from constants. Values never come this way: they are bound.
#pragma once

#include <string>
#include <string_view>

namespace ownkey::store {

inline std::string select(std::string_view columns, std::string_view rest) {
  return "SELECT " + std::string(columns) + " FROM " + std::string(rest);
}

}  // namespace ownkey::store
