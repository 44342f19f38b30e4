// Route: one line of the table that says what the server answers to. What is not in the table is refused.
//
//   Route{"PUT", "/api/things/{id}", replace}.takes<api::Thing>().gives<api::Thing>("replaces a thing")
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "server/http/contract.h"
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

// Takes one try of a subscriber (an IPv4 address, the first 64 bits of an IPv6 one); an Error (RateLimited) refuses the
// request. Asked only for routes that check a secret, and for requests that passed every other check.
using RateLimit = std::function<Result<void>(std::string_view subscriber)>;

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
  bool checks_a_secret = false;  // a password, code or key: tries are limited
  Cache cache = Cache::NoStore;
  Contract contract = {};

  // The rest of a line: the message in the body, what may stand in the query, what is answered.
  template <Described T>
  Route takes(std::size_t cap = kDefaultBodyCap) && {
    body = Body::Json;
    body_cap = cap;
    contract.takes = schema_of<T>;
    return std::move(*this);
  }
  template <Described T>
  Route may_take(std::size_t cap = kDefaultBodyCap) && {
    auto route = std::move(*this).takes<T>(cap);
    route.body = Body::OptionalJson;
    return route;
  }
  Route checks_secret() && {
    checks_a_secret = true;
    return std::move(*this);
  }
  template <class T>
  Route asks(std::string name, std::string meaning, In in = In::Query) && {
    contract.parameters.push_back({std::move(name), std::move(meaning), schema_of<T>, in});
    return std::move(*this);
  }
  template <class T>
  Route gives(std::string meaning, int status = 200) && {
    return std::move(*this).answers(std::move(meaning), {status, "application/json", schema_of<T>});
  }
  Route gives_nothing(std::string meaning) && {
    return std::move(*this).answers(std::move(meaning), {204, "", nullptr});
  }
  Route gives_text(std::string meaning, std::string content_type) && {
    return std::move(*this).answers(std::move(meaning), {200, std::move(content_type), nullptr});
  }
  // On request, the same as server-sent events.
  Route or_events() && {
    contract.answers.push_back({200, "text/event-stream", nullptr});
    return std::move(*this);
  }

 private:
  Route answers(std::string meaning, Contract::Answer answer) && {
    contract.meaning = std::move(meaning);
    contract.answers.push_back(std::move(answer));
    return std::move(*this);
  }
};

}  // namespace ownkey::http
