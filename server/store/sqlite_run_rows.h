// RunRows in a user's SQLite file.
#pragma once

#include "server/store/locked_database.h"
#include "server/store/run_rows.h"

namespace ownkey::store {

class SqliteRunRows final : public RunRows {
 public:
  // The database must outlive this.
  explicit SqliteRunRows(LockedDatabase& database) : database_(database) {}

  Result<std::vector<RunRow>> list(const RunQuery& query) override;
  Result<std::optional<RunRow>> get(const base::RunId& id) override;
  Result<void> prune(const RunRetention& retention) override;

 private:
  LockedDatabase& database_;
};

// Inserts the row, or replaces the one of the same id.
void put_run(Database& db, const RunRow& row);

}  // namespace ownkey::store
