// RunFigures: how many runs ended how, and how long they took. Safe from several threads.
#pragma once

#include <array>
#include <chrono>

#include "server/base/metrics.h"
#include "shared/api/runs.h"

namespace ownkey::workflow {

class RunFigures {
 public:
  void ended(api::RunStatus status, std::chrono::nanoseconds took);
  void write(base::MetricsText& text) const;

 private:
  std::array<base::Counter, names_of(api::RunStatus{}).size()> by_status_;
  base::Histogram time_;
};

}  // namespace ownkey::workflow
