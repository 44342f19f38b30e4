#include "server/store/sqlite_usage_store.h"

#include <algorithm>

#include "server/store/sql.h"
#include "shared/fields.h"
#include "shared/json.h"

namespace ownkey::store {
namespace {

constexpr std::string_view kFailoverColumns = "provider, enabled, credential_ids";
constexpr std::string_view kSums = "sum(calls), sum(input_tokens), sum(output_tokens)";

Provider read_provider(const std::string& text) {
  const auto provider = named<Provider>(text);
  if (!provider)
    throw StoreFailure({ErrorKind::Internal, "stored usage is for a provider that this version does not know", text});
  return *provider;
}

FailoverRow read_failover(const Statement& row) {
  FailoverRow failover{read_provider(row.text(0)), row.integer(1) != 0, {}};
  const auto ids = parse_json(row.text(2));
  const auto is_text = [](const json& id) { return id.is_string(); };
  if (!ids || !ids->is_array() || !std::all_of(ids->begin(), ids->end(), is_text))
    throw StoreFailure(
        {ErrorKind::Internal, "the stored order of your keys cannot be read; set it again", row.text(2)});
  for (const auto& id : *ids) failover.order.emplace_back(id.get<std::string>());
  return failover;
}

std::string ids_text(const std::vector<base::CredentialId>& order) {
  json ids = json::array();
  for (const auto& id : order) ids.push_back(id.text());
  return dump_json(ids);
}

// Key, provider and name of a group. The same model at another provider is another one.
std::string_view columns_of(api::UsageGroup group) {
  switch (group) {
    case api::UsageGroup::Model: return "model, provider, NULL";
    case api::UsageGroup::Credential:
      return "credential_id, provider, "
             "(SELECT label FROM credentials WHERE credentials.credential_id = usage.credential_id)";
    case api::UsageGroup::Provider: return "provider, provider, NULL";
    case api::UsageGroup::Workflow:
      return "workflow_id, NULL, (SELECT name FROM workflows WHERE workflows.workflow_id = usage.workflow_id)";
    case api::UsageGroup::Day: break;
  }
  return "day, NULL, NULL";
}

UsageRow read_usage(const Statement& row) {
  UsageRow usage{row.text(0), std::nullopt, row.optional_text(2), {row.integer(3), row.integer(4), row.integer(5)}};
  if (const auto provider = row.optional_text(1)) usage.provider = read_provider(*provider);
  return usage;
}

}  // namespace

void add_usage(Database& db, const LateRows& rows) {
  for (const auto& [place, count] : rows.tokens)
    db.prepare(
          "INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, "
          "input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens")
        .bind_all(place.day, place.credential_id, name_of(place.provider), place.model, place.workflow_id, count.calls,
                  count.input_tokens, count.output_tokens)
        .run();
  db.prepare("DELETE FROM usage WHERE day < ?").bind(1, rows.keep_usage_from).run();
}

Result<std::vector<FailoverRow>> SqliteUsageStore::failover() {
  return database_.use([&](Database& db) {
    std::vector<FailoverRow> rows;
    auto row = db.prepare(select(kFailoverColumns, "failover ORDER BY provider"));
    while (row.step()) rows.push_back(read_failover(row));
    return rows;
  });
}

Result<std::optional<FailoverRow>> SqliteUsageStore::failover(Provider provider) {
  return database_.use([&](Database& db) -> std::optional<FailoverRow> {
    auto row = db.prepare(select(kFailoverColumns, "failover WHERE provider = ?"));
    if (!row.bind(1, name_of(provider)).step()) return std::nullopt;
    return read_failover(row);
  });
}

Result<void> SqliteUsageStore::set_failover(const std::vector<FailoverRow>& rows, const AuditNote& note) {
  return database_.use([&](Database& db) {
    Transaction transaction(db);
    for (const auto& row : rows)
      db.prepare("INSERT OR REPLACE INTO failover VALUES (?, ?, ?)")
          .bind_all(name_of(row.provider), std::int64_t{row.enabled}, ids_text(row.order))
          .run();
    chain_.append(db, note);
    transaction.commit();
  });
}

Result<std::vector<BudgetRow>> SqliteUsageStore::budgets() {
  return database_.use([&](Database& db) {
    std::vector<BudgetRow> rows;
    auto row = db.prepare("SELECT credential_id, monthly_tokens FROM budgets ORDER BY credential_id");
    while (row.step()) rows.push_back({base::CredentialId(row.text(0)), row.integer(1)});
    return rows;
  });
}

Result<std::optional<std::int64_t>> SqliteUsageStore::budget(const base::CredentialId& credential) {
  return database_.use([&](Database& db) -> std::optional<std::int64_t> {
    auto row = db.prepare("SELECT monthly_tokens FROM budgets WHERE credential_id = ?");
    if (!row.bind(1, credential.text()).step()) return std::nullopt;
    return row.integer(0);
  });
}

Result<void> SqliteUsageStore::set_budget(const base::CredentialId& credential,
                                          std::optional<std::int64_t> monthly_tokens, const AuditNote& note) {
  return database_.use([&](Database& db) {
    Transaction transaction(db);
    db.prepare("DELETE FROM budgets WHERE credential_id = ?").bind(1, credential.text()).run();
    if (monthly_tokens)
      db.prepare("INSERT INTO budgets VALUES (?, ?)").bind_all(credential.text(), *monthly_tokens).run();
    chain_.append(db, note);
    transaction.commit();
  });
}

Result<std::int64_t> SqliteUsageStore::tokens_since(const base::CredentialId& credential, std::string_view day) {
  return database_.use([&](Database& db) {
    auto row = db.prepare(
        "SELECT coalesce(sum(input_tokens + output_tokens), 0) FROM usage WHERE day >= ? AND credential_id = ?");
    row.bind_all(day, credential.text()).step();
    return row.integer(0);
  });
}

Result<std::vector<api::UsageRecord>> SqliteUsageStore::records() {
  return database_.use([&](Database& db) {
    std::vector<api::UsageRecord> records;
    auto row = db.prepare(
        "SELECT day, provider, model, nullif(credential_id, ''), workflow_id, calls, input_tokens, output_tokens "
        "FROM usage ORDER BY day, credential_id, provider, model, workflow_id");
    while (row.step())
      records.push_back({row.text(0), read_provider(row.text(1)), row.text(2), row.optional_text(3), row.text(4),
                         row.integer(5), row.integer(6), row.integer(7)});
    return records;
  });
}

Result<std::vector<UsageRow>> SqliteUsageStore::totals(std::string_view from, std::string_view to,
                                                       api::UsageGroup group) {
  return database_.use([&](Database& db) {
    const auto columns = std::string(columns_of(group)).append(", ").append(kSums);
    auto row = db.prepare(select(columns, "usage WHERE day BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 1, 2"));
    std::vector<UsageRow> rows;
    row.bind_all(from, to);
    while (row.step()) rows.push_back(read_usage(row));
    return rows;
  });
}

}  // namespace ownkey::store
