// The body of every error answer (RFC 9457 problem+json with a machine-readable code).
#pragma once

#include <optional>
#include <string>

#include "shared/api/credentials.h"
#include "shared/fields.h"

namespace ownkey::api {

struct Problem {
  std::string type;  // always "about:blank"
  std::string title;
  int status = 0;
  std::string code;
  std::string detail;
  std::optional<std::string> field;
  std::string request_id;
  std::optional<Verification> verification;  // on a refused key: how far the check came

  static constexpr auto fields() {
    return std::tuple{Field{"type", &Problem::type},
                      Field{"title", &Problem::title},
                      Field{"status", &Problem::status},
                      Field{"code", &Problem::code},
                      Field{"detail", &Problem::detail},
                      Field{"field", &Problem::field},
                      Field{"request_id", &Problem::request_id},
                      Field{"verification", &Problem::verification}};
  }
};

}  // namespace ownkey::api
