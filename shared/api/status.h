// Messages that have nothing more to say.
#pragma once

#include <string>

#include "shared/fields.h"

namespace ownkey::api {

// Of an answer.
struct Status {
  std::string status;

  static constexpr auto fields() { return std::tuple{Field{"status", &Status::status}}; }
};

// The body of a request that has nothing to add; it may be left out.
struct Nothing {
  static constexpr auto fields() { return std::tuple{}; }
};

}  // namespace ownkey::api
