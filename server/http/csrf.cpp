#include "server/http/csrf.h"

#include "server/http/text.h"

namespace ownkey::http {
namespace {

Error rejected(std::string_view missing) {
  return {ErrorKind::CsrfRejected, "this request may come from another site and was not carried out (" +
                                       std::string(missing) +
                                       "); open Ownkey itself and try again, or use an access token"};
}

}  // namespace

Result<void> check_csrf(const CsrfFacts& facts, std::string_view own_origin) {
  // A form of another site can neither have this type nor this header without asking first (Fetch §4.8), which we deny.
  if (!is_json_type(facts.content_type)) return rejected("its Content-Type is not application/json");
  if (facts.ownkey_header != "1") return rejected("the header X-Ownkey: 1 is missing");
  if (facts.sec_fetch_site) {
    if (facts.sec_fetch_site != "same-origin") return rejected("Sec-Fetch-Site is not same-origin");
    return {};
  }
  // Browsers leave Sec-Fetch-Site out on plain http that is not loopback.
  if (!facts.origin) return rejected("neither Sec-Fetch-Site nor Origin is there");
  if (facts.origin != own_origin) return rejected("Origin is not the address of this server");
  return {};
}

bool is_json_type(std::optional<std::string_view> content_type) {
  if (!content_type) return false;
  const auto [type, parameters] = divide(*content_type, ';');
  if (!same_name(trimmed(type), "application/json")) return false;
  if (trimmed(parameters).empty()) return true;
  const auto [name, value] = divide(trimmed(parameters), '=');
  return same_name(name, "charset") && (same_name(value, "utf-8") || same_name(value, "\"utf-8\""));
}

}  // namespace ownkey::http
