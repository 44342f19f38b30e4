#include "server/store/user_rows.h"

#include "server/store/sql.h"
#include "shared/fields.h"

namespace ownkey::store {
namespace {

constexpr std::string_view kCredentialColumns =
    "credential_id, provider, label, masked_key, sealed_key, generation, is_active, base_url, created_at, updated_at, "
    "last_used_at, last_verified_at, verification, previous_sealed_key, previous_masked_key, previous_is_active, "
    "previous_base_url, previous_last_verified_at, previous_verification, replaced_at, previous_until";
constexpr std::string_view kWorkflowColumns =
    "workflow_id, name, description, canvas_state, status, created_at, updated_at";
constexpr std::string_view kWorkflowsInOrder = "workflows ORDER BY updated_at DESC, workflow_id";

std::optional<PreviousKey> previous_of(const Statement& row) {
  if (row.is_null(13)) return std::nullopt;
  return PreviousKey{.masked_key = row.text(14),
                     .sealed_key = base::Sealed(row.bytes(13)),
                     .is_active = row.integer(15) != 0,
                     .base_url = row.optional_text(16),
                     .last_verified_at = row.optional_time(17),
                     .verification = row.optional_text(18),
                     .replaced_at = row.time(19),
                     .until = row.time(20)};
}

CredentialRow credential_of(const Statement& row) {
  const auto provider = named<Provider>(row.text(1));
  if (!provider)
    throw StoreFailure(
        {ErrorKind::Internal, "a stored key is for a provider that this version does not know", row.text(1)});
  return {.id = base::CredentialId(row.text(0)),
          .provider = *provider,
          .label = row.text(2),
          .masked_key = row.text(3),
          .sealed_key = base::Sealed(row.bytes(4)),
          .generation = static_cast<std::uint64_t>(row.integer(5)),
          .is_active = row.integer(6) != 0,
          .base_url = row.optional_text(7),
          .created_at = row.time(8),
          .updated_at = row.time(9),
          .last_used_at = row.optional_time(10),
          .last_verified_at = row.optional_time(11),
          .verification = row.optional_text(12),
          .previous = previous_of(row)};
}

WorkflowRow workflow_of(const Statement& row) {
  return {base::WorkflowId(row.text(0)), row.text(1), row.text(2), row.text(3), row.text(4), row.time(5), row.time(6)};
}

}  // namespace

CredentialRows read_credentials(Database& db) {
  std::vector<CredentialRow> rows;
  auto row = db.prepare(select(kCredentialColumns, "credentials ORDER BY provider, label"));
  while (row.step()) rows.push_back(credential_of(row));
  return std::make_shared<const std::vector<CredentialRow>>(std::move(rows));
}

std::optional<CredentialRow> read_credential(Database& db, const base::CredentialId& id) {
  auto row = db.prepare(select(kCredentialColumns, "credentials WHERE credential_id = ?"));
  if (!row.bind(1, id.text()).step()) return std::nullopt;
  return credential_of(row);
}

std::optional<CredentialRow> find_credential(Database& db, Provider provider, std::string_view label) {
  auto row = db.prepare(select(kCredentialColumns, "credentials WHERE provider = ? AND label = ?"));
  if (!row.bind_all(name_of(provider), label).step()) return std::nullopt;
  return credential_of(row);
}

void write_credential(Database& db, const CredentialRow& row) {
  auto statement = db.prepare(
      "INSERT OR REPLACE INTO credentials VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind_all(row.id.text(), name_of(row.provider), row.label, row.masked_key,
                     base::ByteView(row.sealed_key.bytes()), static_cast<std::int64_t>(row.generation),
                     std::int64_t{row.is_active}, row.base_url, row.created_at, row.updated_at, row.last_used_at,
                     row.last_verified_at, row.verification);
  if (const auto& previous = row.previous)
    statement.bind(14, base::ByteView(previous->sealed_key.bytes()))
        .bind(15, previous->masked_key)
        .bind(16, std::int64_t{previous->is_active})
        .bind(17, previous->base_url)
        .bind(18, previous->last_verified_at)
        .bind(19, previous->verification)
        .bind(20, previous->replaced_at)
        .bind(21, previous->until);
  statement.run();
}

std::vector<WorkflowRow> read_workflows(Database& db) {
  std::vector<WorkflowRow> rows;
  auto row = db.prepare(select(kWorkflowColumns, kWorkflowsInOrder));
  while (row.step()) rows.push_back(workflow_of(row));
  return rows;
}

std::vector<base::WorkflowId> read_workflow_ids(Database& db) {
  std::vector<base::WorkflowId> ids;
  auto row = db.prepare(select("workflow_id", kWorkflowsInOrder));
  while (row.step()) ids.emplace_back(row.text(0));
  return ids;
}

std::optional<WorkflowRow> read_workflow(Database& db, const base::WorkflowId& id) {
  auto row = db.prepare(select(kWorkflowColumns, "workflows WHERE workflow_id = ?"));
  if (!row.bind(1, id.text()).step()) return std::nullopt;
  return workflow_of(row);
}

std::optional<TwoFactorRow> read_second_factor(Database& db) {
  auto row = db.prepare(
      "SELECT two_factor_id, kind, sealed_secret, generation, created_at, enabled_at, last_step, "
      "(SELECT count(*) FROM recovery_codes) FROM two_factor");
  if (!row.step()) return std::nullopt;
  return TwoFactorRow{row.text(0),
                      row.text(1),
                      base::Sealed(row.bytes(2)),
                      static_cast<std::uint64_t>(row.integer(3)),
                      row.time(4),
                      row.optional_time(5),
                      row.integer(6),
                      row.integer(7)};
}

std::optional<std::string> read_preferences(Database& db) {
  auto row = db.prepare("SELECT preferences FROM preferences");
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

}  // namespace ownkey::store
