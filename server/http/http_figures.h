// HttpFigures: how many requests each route answered with which status, how long they took, and what went wrong.
// Safe from several threads.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "server/base/metrics.h"
#include "server/http/message.h"
#include "server/http/route.h"

namespace ownkey::http {

class HttpFigures {
 public:
  // The routes must stay where they are.
  explicit HttpFigures(const std::vector<Route>& routes) : routes_(routes), by_route_(routes.size() + 1) {}

  // `route` is null for a request that found none.
  void answered(const Route* route, const Response& response, std::chrono::nanoseconds took);
  void write(base::MetricsText& text) const;

 private:
  // From 200, 300, 400 and 500 on; HTTP has no more of each.
  static constexpr std::size_t kStatusesOfClass = 32;
  struct OfRoute {
    std::array<base::Counter, 4 * kStatusesOfClass> statuses;
    base::Histogram latency;
  };
  static constexpr std::size_t kErrorKinds = static_cast<std::size_t>(ErrorKind::Internal) + 1;

  std::string_view method_of(std::size_t place) const;
  std::string_view pattern_of(std::size_t place) const;

  const std::vector<Route>& routes_;
  std::vector<OfRoute> by_route_;  // as routes_, and last those without one
  std::array<base::Counter, kErrorKinds> errors_;
};

}  // namespace ownkey::http
