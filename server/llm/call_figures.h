// CallFigures: how many requests went to each provider, how they ended, and how long they took. Safe from several
// threads.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "server/base/metrics.h"
#include "shared/error_kind.h"
#include "shared/provider.h"

namespace ownkey::llm {

class CallFigures {
 public:
  // Nothing for an error is a good end.
  void ended(Provider provider, std::optional<ErrorKind> error, std::chrono::nanoseconds took);
  void cancelled(Provider provider);
  void write(base::MetricsText& text) const;

 private:
  static constexpr std::size_t kErrorKinds = static_cast<std::size_t>(ErrorKind::Internal) + 1;
  struct OfProvider {
    base::Counter good, cancelled;
    std::array<base::Counter, kErrorKinds> errors;
    base::Histogram latency;  // of those that were not cancelled
  };

  std::array<OfProvider, names_of(Provider{}).size()> by_provider_;
};

}  // namespace ownkey::llm
