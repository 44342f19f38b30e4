#include "server/workflow/run_figures.h"

namespace ownkey::workflow {

using Kind = base::MetricsText::Kind;

void RunFigures::ended(api::RunStatus status, std::chrono::nanoseconds took) {
  by_status_[static_cast<std::size_t>(status)].add();
  time_.observe(took);
}

void RunFigures::write(base::MetricsText& text) const {
  text.begin("ownkey_runs_total", Kind::Counter, "runs that have ended, by how");
  for (const auto& [status, name] : names_of(api::RunStatus{}))
    if (const auto count = by_status_[static_cast<std::size_t>(status)].count(); count > 0)
      text.value(count, {{"status", name}});
  text.begin("ownkey_run_seconds", Kind::Histogram, "time that runs took, with their time in the queue");
  text.value(time_);
}

}  // namespace ownkey::workflow
