// Routes that show what reached the handler, for tests of the front.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "server/http/message.h"
#include "server/http/route.h"

namespace ownkey::test {

inline std::vector<http::Route> echo_routes() {
  using namespace http;
  const Handler hello = [](const Request&) -> Result<Response> { return text_response(200, "text/plain", "hello"); };
  // The method, the size of the body and the values of two headers, so that tests see what was made of their bytes.
  const Handler echo = [](const Request& request) -> Result<Response> {
    return json_response(200, json{{"method", request.method},
                                   {"body", request.body},
                                   {"x_test", request.header("X-Test").value_or("")},
                                   {"address", request.address},
                                   {"user", request.session ? request.session->user.text() : ""}});
  };
  const Handler fail = [](const Request&) -> Result<Response> { throw std::runtime_error("SQL near sk-secret-123"); };
  return {
      {.method = "GET", .pattern = "/hello", .handler = hello, .access = Access::Anyone},
      {.method = "GET", .pattern = "/smuggled", .handler = hello, .access = Access::Anyone},
      {.method = "GET", .pattern = "/show", .handler = echo, .access = Access::Anyone},
      {.method = "GET", .pattern = "/fail", .handler = fail, .access = Access::Anyone},
      {.method = "POST", .pattern = "/echo", .handler = echo, .access = Access::Anyone, .body = Body::Json},
      {.method = "POST",
       .pattern = "/small",
       .handler = echo,
       .access = Access::Anyone,
       .body = Body::Json,
       .body_cap = kAuthBodyCap},
      {.method = "GET", .pattern = "/api/mine", .handler = echo},
      {.method = "POST", .pattern = "/api/mine", .handler = echo, .body = Body::Json},
      {.method = "POST", .pattern = "/api/mine/act", .handler = echo},
      {.method = "GET", .pattern = "/settings", .handler = hello, .access = Access::SignedInPage},
  };
}

}  // namespace ownkey::test
