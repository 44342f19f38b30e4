#include "server/llm/call_figures.h"

#include <map>
#include <string_view>

namespace ownkey::llm {

using Kind = base::MetricsText::Kind;

void CallFigures::ended(Provider provider, std::optional<ErrorKind> error, std::chrono::nanoseconds took) {
  auto& figures = by_provider_[static_cast<std::size_t>(provider)];
  (error ? figures.errors[static_cast<std::size_t>(*error)] : figures.good).add();
  figures.latency.observe(took);
}

void CallFigures::cancelled(Provider provider) { by_provider_[static_cast<std::size_t>(provider)].cancelled.add(); }

void CallFigures::write(base::MetricsText& text) const {
  text.begin("ownkey_provider_calls_total", Kind::Counter, "requests to providers by how they ended");
  for (const auto& [provider, name] : names_of(Provider{})) {
    const auto& figures = by_provider_[static_cast<std::size_t>(provider)];
    std::map<std::string_view, std::uint64_t> by_end{{"success", figures.good.count()},
                                                     {"cancelled", figures.cancelled.count()}};
    for (std::size_t i = 0; i < figures.errors.size(); ++i)
      by_end[code_of(static_cast<ErrorKind>(i))] += figures.errors[i].count();
    for (const auto& [end, count] : by_end)
      if (count > 0) text.value(count, {{"provider", name}, {"result", end}});
  }
  text.begin("ownkey_provider_call_seconds", Kind::Histogram, "time to the end of a provider's answer");
  for (const auto& [provider, name] : names_of(Provider{}))
    text.value(by_provider_[static_cast<std::size_t>(provider)].latency, {{"provider", name}});
}

}  // namespace ownkey::llm
