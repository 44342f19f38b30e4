// The rules against forged requests: another site can make a browser send its cookies, but not these facts along with
// them. All must hold for a request that a cookie signs in, or that sets one, and that is not GET or HEAD.
// Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "shared/result.h"

namespace ownkey::http {

struct CsrfFacts {
  std::optional<std::string_view> content_type;
  std::optional<std::string_view> sec_fetch_site;
  std::optional<std::string_view> origin;
  std::optional<std::string_view> ownkey_header;  // X-Ownkey
};

// `own_origin` is scheme://host[:port] as the browser sees it.
Result<void> check_csrf(const CsrfFacts& facts, std::string_view own_origin);

// Whether a Content-Type is application/json, with or without a charset of UTF-8.
bool is_json_type(std::optional<std::string_view> content_type);

}  // namespace ownkey::http
