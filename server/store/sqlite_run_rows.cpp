#include "server/store/sqlite_run_rows.h"

#include "server/store/sql.h"
#include "shared/fields.h"

namespace ownkey::store {
namespace {

constexpr std::string_view kColumns =
    "run_id, workflow_id, status, started_at, finished_at, process, last_event, error_code, error_detail, "
    "input_tokens, output_tokens";

RunRow read(const Statement& row) {
  RunRow run;
  run.id = base::RunId(row.text(0));
  run.workflow_id = row.text(1);
  run.status = named<api::RunStatus>(row.text(2)).value_or(api::RunStatus::Error);
  run.started_at = row.time(3);
  run.finished_at = row.optional_time(4);
  run.process = row.text(5);
  run.last_event = row.integer(6);
  run.error_code = row.optional_text(7);
  run.error_detail = row.optional_text(8);
  if (!row.is_null(9)) run.usage = api::Usage{row.integer(9), row.integer(10)};
  return run;
}

std::string columns_with_record() { return std::string(kColumns) + ", record"; }

RunRow read_with_record(const Statement& row) {
  auto run = read(row);
  run.record = row.text(11);
  return run;
}

RunPlace place_of(Database& db, const base::RunId& id) {
  auto row = db.prepare("SELECT started_at FROM runs WHERE run_id = ?");
  if (!row.bind(1, id.text()).step())
    throw StoreFailure({ErrorKind::InvalidRequest, "the run that 'before' names is not there any more; start again",
                        "before=" + id.text(), "before"});
  return {row.time(0), id};
}

}  // namespace

void put_run(Database& db, const RunRow& row) {
  std::optional<std::int64_t> input, output;
  if (row.usage) {
    input = row.usage->input_tokens;
    output = row.usage->output_tokens;
  }
  db.prepare("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind_all(row.id.text(), row.workflow_id, name_of(row.status), row.started_at, row.finished_at, row.process,
                row.last_event, row.error_code, row.error_detail, input, output,
                static_cast<std::int64_t>(row.record.size()), row.record)
      .run();
}

Result<std::vector<RunRow>> SqliteRunRows::list(const RunQuery& query) {
  return database_.use([&](Database& db) {
    const auto place = query.before ? place_of(db, *query.before) : query.older_than;
    std::string rest = "runs WHERE 1";
    if (query.workflow_id) rest += " AND workflow_id = ?1";
    if (place) rest += " AND (started_at, run_id) < (?2, ?3)";
    rest += " ORDER BY started_at DESC, run_id DESC LIMIT ?4";
    auto row = db.prepare(select(query.with_records ? columns_with_record() : kColumns, rest));
    if (query.workflow_id) row.bind(1, *query.workflow_id);
    if (place) row.bind(2, place->started_at).bind(3, place->id.text());
    row.bind(4, query.limit);
    std::vector<RunRow> rows;
    while (row.step()) rows.push_back(query.with_records ? read_with_record(row) : read(row));
    return rows;
  });
}

Result<std::optional<RunRow>> SqliteRunRows::get(const base::RunId& id) {
  return database_.use([&](Database& db) -> std::optional<RunRow> {
    auto row = db.prepare(select(columns_with_record(), "runs WHERE run_id = ?"));
    if (!row.bind(1, id.text()).step()) return std::nullopt;
    return read_with_record(row);
  });
}

Result<void> SqliteRunRows::prune(const RunRetention& retention) {
  return database_.use([&](Database& db) {
    db.prepare(
          "DELETE FROM runs WHERE run_id IN (SELECT run_id FROM (SELECT run_id, row_number() OVER newest AS place, "
          "sum(record_bytes) OVER newest AS bytes FROM runs WHERE status <> 'running' WINDOW newest AS (ORDER BY "
          "started_at DESC, run_id DESC)) WHERE place > ? OR bytes > ?) OR started_at < ?")
        .bind_all(retention.count, retention.bytes, retention.since)
        .run();
  });
}

}  // namespace ownkey::store
