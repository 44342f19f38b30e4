// What a client can take and already has: Accept, Accept-Encoding, If-None-Match (RFC 9110 §12.5.1, §12.5.3, §13.1.2).
// Pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace ownkey::http {

// Whether the coding ("br", "gzip") is named with a weight above zero; a "*" is not taken for it.
bool accepts_coding(std::optional<std::string_view> accept_encoding, std::string_view coding);

// Whether text/html is named, as browsers do when a person goes to an address; "*/*" is not taken for it.
bool accepts_html(std::optional<std::string_view> accept);

// Whether one of the listed tags is `etag` (with its quotes), weak or not; "*" is any.
bool has_current(std::optional<std::string_view> if_none_match, std::string_view etag);

}  // namespace ownkey::http
