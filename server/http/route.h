// Route: one line of the table that says what the server answers to. What is not in the table is refused.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "shared/result.h"

namespace ownkey::http {

enum class Access {
  Anyone,
  SignedIn,      // else 401
  SignedInPage,  // a page: else 303 to /login?next=…
};

// Json: required, and Content-Type must say so. OptionalJson: may be left out.
enum class Body { None, Json, OptionalJson };

// Which rate limiter is asked before the handler is called: Secret for every route that checks a password, code or key.
enum class Limiter { None, Secret };
// Takes one try of a subscriber (an IPv4 address, the first 64 bits of an IPv6 one); an Error (RateLimited) refuses the
// request. Asked only for requests that passed every other check.
using RateLimit = std::function<Result<void>(Limiter limiter, std::string_view subscriber)>;

enum class Cache {
  NoStore,     // anything about a person
  Revalidate,  // may be kept, but asked for each time
  Immutable,   // the name changes with the content
};

inline constexpr std::size_t kAuthBodyCap = std::size_t{4} << 10;
inline constexpr std::size_t kDefaultBodyCap = std::size_t{1} << 20;
inline constexpr std::size_t kWorkflowBodyCap = std::size_t{5} << 20;

// Called from many threads at once. An Error becomes the problem answer that fits its kind; an exception becomes a 500.
using Handler = std::function<Result<Response>(const Request&)>;

struct Route {
  std::string method;
  // "/api/workflows/{id}": literal segments and whole-segment parameters. A literal wins over a parameter.
  std::string pattern;
  Handler handler;
  Access access = Access::SignedIn;
  Body body = Body::None;
  std::size_t body_cap = kDefaultBodyCap;
  Limiter limiter = Limiter::None;
  Cache cache = Cache::NoStore;
};

}  // namespace ownkey::http
