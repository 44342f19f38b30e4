// Router: the table of routes, and which of them a request means. Immutable after construction, safe from all threads.
//
// Patterns are literal segments and whole-segment parameters, compared one by one: nothing a client sends is ever
// matched against a regular expression. What is not in the table is refused.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/message.h"
#include "server/http/route.h"

namespace ownkey::http {

class Router {
 public:
  struct Match {
    const Route* route;
    Pairs parameters;
  };
  struct NoSuchPath {};
  struct NoSuchMethod {
    std::string allow;  // for the Allow header
  };
  using Found = std::variant<Match, NoSuchPath, NoSuchMethod>;

  // Two routes with the same method and pattern, or a pattern that is not well formed, are a std::logic_error.
  explicit Router(std::vector<Route> routes);

  // `path` as sent, percent-encoded, without its query. HEAD is answered by the route of GET.
  Found find(std::string_view method, std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  using Segments = std::vector<std::string>;  // of a pattern; a parameter keeps its braces

  std::vector<Route> routes_;
  std::vector<Segments> segments_;  // of the route at the same place
};

}  // namespace ownkey::http
