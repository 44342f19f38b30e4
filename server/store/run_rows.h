// RunRows: a person's runs, as far as they are kept. Part of their UserStore, and safe from several threads like it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "shared/api/runs.h"
#include "shared/result.h"

namespace ownkey::store {

struct RunRow {
  base::RunId id;
  std::string workflow_id;
  api::RunStatus status = api::RunStatus::Running;
  base::Time started_at;
  std::optional<base::Time> finished_at = {};
  std::string process;          // of the server that runs it, a new one with each start
  std::int64_t last_event = 0;  // the id of its last event
  std::optional<std::string> error_code = {};
  std::optional<std::string> error_detail = {};
  std::optional<api::Usage> usage = {};
  std::string record = {};  // JSON of results and logs; empty while it runs, and in a list without records
};

// Which runs that have ended are kept: those that satisfy all three, the newest first.
struct RunRetention {
  std::int64_t count;
  std::int64_t bytes;  // of all records together
  base::Time since;
};

struct RunQuery {
  std::optional<std::string> workflow_id = {};
  std::optional<base::RunId> before = {};  // older than this one; nothing when there is no such run
  std::int64_t limit = 50;
  bool with_records = false;
};

class RunRows {
 public:
  virtual ~RunRows() = default;

  // Newest first.
  virtual Result<std::vector<RunRow>> list(const RunQuery& query) = 0;
  virtual Result<std::optional<RunRow>> get(const base::RunId& id) = 0;
  // Ends the runs that another process left running, with this error. How many there were.
  virtual Result<std::int64_t> end_left_over(std::string_view process, std::string_view error_code,
                                             std::string_view error_detail, base::Time now) = 0;
  virtual Result<void> prune(const RunRetention& retention) = 0;
};

}  // namespace ownkey::store
