// What a message says of its fields beyond their types, for the schemas that are made from it: a struct with fields()
// may also have
//
//   static constexpr auto limits() { return std::array{longest("name", kMaxNameBytes), between("times", 1, 10)}; }
//
// Reading a message does not check them: the rules for what people type (validation.h and its neighbours) do, and tell
// people what to do.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace ownkey {

struct Limit {
  enum class Of { Length, Value };

  std::string_view field;
  Of of = Of::Value;
  double least = 0;
  double most = 0;
};

// A text of so many bytes is of so many characters at most.
constexpr Limit longest(std::string_view field, std::size_t bytes) {
  return {field, Limit::Of::Length, 0, static_cast<double>(bytes)};
}
constexpr Limit between(std::string_view field, double least, double most) {
  return {field, Limit::Of::Value, least, most};
}

}  // namespace ownkey
