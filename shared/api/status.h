// What an answer says that has nothing else to say.
#pragma once

#include <string>

#include "shared/fields.h"

namespace ownkey::api {

struct Status {
  std::string status;

  static constexpr auto fields() { return std::tuple{Field{"status", &Status::status}}; }
};

}  // namespace ownkey::api
