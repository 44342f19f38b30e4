#include "server/http/http_figures.h"

#include <algorithm>
#include <map>
#include <string>

namespace ownkey::http {

using Kind = base::MetricsText::Kind;

void HttpFigures::answered(const Route* route, const Response& response, std::chrono::nanoseconds took) {
  auto& figures = route ? by_route_[static_cast<std::size_t>(route - routes_.data())] : by_route_.back();
  const auto status = static_cast<std::size_t>(std::clamp(response.status, 200, 531));
  figures.statuses[(status / 100 - 2) * kStatusesOfClass + std::min(status % 100, kStatusesOfClass - 1)].add();
  figures.latency.observe(took);
  if (response.problem) errors_[static_cast<std::size_t>(*response.problem)].add();
}

std::string_view HttpFigures::method_of(std::size_t place) const {
  return place < routes_.size() ? std::string_view(routes_[place].method) : "other";
}

std::string_view HttpFigures::pattern_of(std::size_t place) const {
  return place < routes_.size() ? std::string_view(routes_[place].pattern) : "other";
}

// Routes that nobody asked for yet are left out: there are many.
void HttpFigures::write(base::MetricsText& text) const {
  text.begin("ownkey_http_requests_total", Kind::Counter, "answers by route and status");
  for (std::size_t place = 0; place < by_route_.size(); ++place)
    for (std::size_t i = 0; i < by_route_[place].statuses.size(); ++i)
      if (const auto count = by_route_[place].statuses[i].count(); count > 0)
        text.value(count, {{"method", method_of(place)},
                           {"route", pattern_of(place)},
                           {"status", std::to_string((i / kStatusesOfClass + 2) * 100 + i % kStatusesOfClass)}});
  text.begin("ownkey_http_request_seconds", Kind::Histogram, "time to the end of the answer; of streams, too");
  for (std::size_t place = 0; place < by_route_.size(); ++place)
    if (by_route_[place].latency.counts().back() > 0)
      text.value(by_route_[place].latency, {{"method", method_of(place)}, {"route", pattern_of(place)}});
  text.begin("ownkey_errors_total", Kind::Counter, "problem answers by code");
  std::map<std::string_view, std::uint64_t> by_code;  // two kinds share one
  for (std::size_t i = 0; i < errors_.size(); ++i) by_code[code_of(static_cast<ErrorKind>(i))] += errors_[i].count();
  for (const auto& [code, count] : by_code)
    if (count > 0) text.value(count, {{"code", code}});
}

}  // namespace ownkey::http
