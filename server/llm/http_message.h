// What goes to a provider over HTTP and what comes back. Plain data.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/text.h"

namespace ownkey::llm {

struct HttpHeader {
  std::string name;
  std::string value;
};

// Where the key goes: always a header, never the URL, which proxies and servers write into their logs.
struct KeyHeader {
  std::string name;    // "Authorization"
  std::string prefix;  // "Bearer "
};

struct HttpRequest {
  std::string method;
  std::string path;  // below the base URL's own path, with its query
  std::vector<HttpHeader> headers = {};
  std::string body = {};  // JSON; empty for none
  // Gives up earlier than usual when no answer has begun by then: somebody sits and waits for it.
  std::optional<std::chrono::milliseconds> first_byte_within = {};
};

struct HttpAnswer {
  int status = 0;
  std::vector<HttpHeader> headers = {};
  std::string body = {};

  // The value of the first header of that name, in any case; empty when absent.
  std::string_view header(std::string_view name) const {
    for (const auto& header : headers)
      if (same_name(header.name, name)) return header.value;
    return {};
  }
};

// Takes a good (2xx) answer's body piece by piece; false ends the call.
using OnBody = std::function<bool(std::string_view piece)>;

}  // namespace ownkey::llm
