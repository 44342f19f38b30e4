// RunRows: a person's runs, as far as they are kept. Part of their UserStore, and safe from several threads like it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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
  std::string process;          // of the server that ran it, a new one with each start
  std::int64_t last_event = 0;  // the id of its last event
  std::optional<std::string> error_code = {};
  std::optional<std::string> error_detail = {};
  std::optional<api::Usage> usage = {};
  std::string record = {};  // JSON of results and logs; empty while it runs, and in a list without records
};

// Which runs are kept: those that satisfy all three, the newest first. Of those that have not ended, as far as their
// rows say, the time alone decides: a crash may have left them.
struct RunRetention {
  std::int64_t count;
  std::int64_t bytes;  // of all records together
  base::Time since;
};

// Where a run stands among all: it goes on meaning something when the run itself is gone.
struct RunPlace {
  base::Time started_at;
  base::RunId id;
};

struct RunQuery {
  std::optional<std::string> workflow_id = {};
  std::optional<base::RunId> before = {};   // older than this one; InvalidRequest when there is no such run
  std::optional<RunPlace> older_than = {};  // the same by a place; without `before`
  std::int64_t limit = 50;
  bool with_records = false;
};

class RunRows {
 public:
  virtual ~RunRows() = default;

  // Newest first.
  virtual Result<std::vector<RunRow>> list(const RunQuery& query) = 0;
  virtual Result<std::optional<RunRow>> get(const base::RunId& id) = 0;
  virtual Result<void> prune(const RunRetention& retention) = 0;
};

}  // namespace ownkey::store
