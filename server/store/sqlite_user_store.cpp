#include "server/store/sqlite_user_store.h"

#include <iterator>

#include "server/store/audit_chain.h"
#include "server/store/sql.h"
#include "server/store/sqlite_run_rows.h"
#include "server/store/sqlite_two_factor_store.h"
#include "server/store/sqlite_usage_store.h"
#include "server/store/sqlite_user_view.h"
#include "server/store/user_file.h"
#include "server/store/user_rows.h"
#include "shared/fields.h"

namespace ownkey::store {
namespace {

std::vector<SealedValue> read_sealed_column(Database& db, const SealedColumn& column) {
  std::vector<SealedValue> values;
  std::string columns(column.row_id);
  for (const auto name : {column.provider, column.generation, column.column}) columns.append(", ").append(name);
  auto row =
      db.prepare(select(columns, std::string(column.table) + " WHERE " + std::string(column.column) + " IS NOT NULL"));
  while (row.step())
    values.push_back({column.column, row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2)),
                      base::Sealed(row.bytes(3))});
  return values;
}

void write_sealed(Database& db, const SealedColumn& column, const SealedValue& value, const base::Sealed& sealed) {
  std::string sql("UPDATE ");
  sql.append(column.table)
      .append(" SET ")
      .append(column.column)
      .append(" = ? WHERE ")
      .append(column.row_id)
      .append(" = ?");
  db.prepare(sql).bind_all(base::ByteView(sealed.bytes()), value.row_id).run();
}

void drop_old_pages(Database& db) {
  if (!db.drop_old_pages())
    throw StoreFailure({ErrorKind::Busy, "this data is being read just now; try again in a moment", {}, {}, 1});
}

void check_label_is_free(Database& db, Provider provider, const std::string& label) {
  if (store::find_credential(db, provider, label))
    throw StoreFailure({ErrorKind::Conflict,
                        "you have another " + std::string(provider_info(provider).name) + " key with the label '" +
                            label + "'; choose a label that is free",
                        {},
                        "label"});
}

void check_limits(Database& db, const WorkflowRow& row, const WorkflowLimits& limits) {
  auto others = db.prepare(
      "SELECT count(*), coalesce(sum(length(CAST(canvas_state AS BLOB))), 0) FROM workflows WHERE workflow_id <> ?");
  others.bind(1, row.id.text()).step();
  if (others.integer(0) >= limits.count)
    throw StoreFailure(
        {ErrorKind::LimitExceeded, "you have " + std::to_string(limits.count) +
                                       " workflows, which is the most; delete one that you do not need"});
  if (others.integer(1) + static_cast<std::int64_t>(row.canvas_state.size()) > limits.bytes)
    throw StoreFailure({ErrorKind::LimitExceeded, "your workflows would take more than " +
                                                      std::to_string(limits.bytes >> 20) +
                                                      " MiB, which is the most; delete some that you do not need"});
}

class SqliteUserStore final : public SqliteUserView<UserStore> {
 public:
  SqliteUserStore(Database database, AuditChain chain)
      : SqliteUserView(std::move(database)), chain_(std::move(chain)) {}

  // Most lists are of keys that nobody changed since the last one. The version comes first: rows that are newer than it
  // are read once more, and older ones never count as new.
  Result<CredentialRows> credentials() override {
    return database_.use([&](Database& db) {
      const auto version = db.version();
      if (!known_ || known_version_ != version) known_ = read_credentials(db);
      known_version_ = version;
      return known_;
    });
  }

  Result<CredentialRow> change_credential(Provider provider, std::string_view label,
                                          const MakeCredential& make) override {
    return database_.use([&](Database& db) {
      Transaction transaction(db);
      auto made = make(store::find_credential(db, provider, label), count_credentials(db));
      if (!made) throw StoreFailure(std::move(made.error()));
      write_credential(db, made->row);
      chain_.append(db, made->note);
      transaction.commit();
      return std::move(made->row);
    });
  }

  Result<std::optional<CredentialRow>> edit_credential(Provider provider, std::string_view label,
                                                       const CredentialEdit& edit, const AuditNote& note) override {
    return database_.use([&](Database& db) -> std::optional<CredentialRow> {
      Transaction transaction(db);
      if (!store::find_credential(db, provider, label)) return std::nullopt;
      const std::string new_label = edit.label.value_or(std::string(label));
      if (new_label != label) check_label_is_free(db, provider, new_label);
      std::optional<std::int64_t> is_active;
      if (edit.is_active) is_active = *edit.is_active;
      db.prepare(
            "UPDATE credentials SET label = ?, is_active = coalesce(?, is_active), updated_at = ? "
            "WHERE provider = ? AND label = ?")
          .bind_all(new_label, is_active, note.at, name_of(provider), label)
          .run();
      auto row = store::find_credential(db, provider, new_label);
      chain_.append(db, note);
      transaction.commit();
      return row;
    });
  }

  Result<void> erase_previous_keys(base::Time now) override {
    return database_.use([&](Database& db) {
      db.prepare(
            "UPDATE credentials SET previous_sealed_key = NULL, previous_masked_key = NULL, previous_is_active = NULL, "
            "previous_base_url = NULL, previous_last_verified_at = NULL, previous_verification = NULL, "
            "replaced_at = NULL, previous_until = NULL WHERE previous_until <= ?")
          .bind_all(now)
          .run();
      drop_old_pages(db);
    });
  }

  Result<bool> remove_credential(Provider provider, std::string_view label, const AuditNote& note) override {
    return chain_.change(database_, note, [&](Database& db) {
      return db.prepare("DELETE FROM credentials WHERE provider = ? AND label = ?")
                 .bind_all(name_of(provider), label)
                 .run() > 0;
    });
  }

  Result<bool> set_verification(const base::CredentialId& id, std::uint64_t generation, std::string_view verification,
                                const AuditNote& note) override {
    return chain_.change(database_, note, [&](Database& db) {
      return db.prepare(
                   "UPDATE credentials SET verification = ?, last_verified_at = ? WHERE credential_id = ? AND "
                   "generation = ?")
                 .bind_all(verification, note.at, id.text(), static_cast<std::int64_t>(generation))
                 .run() > 0;
    });
  }

  Result<bool> set_last_used(const base::CredentialId& id, std::uint64_t generation, base::Time now) override {
    return database_.use([&](Database& db) {
      return db.prepare("UPDATE credentials SET last_used_at = ? WHERE credential_id = ? AND generation = ?")
                 .bind_all(now, id.text(), static_cast<std::int64_t>(generation))
                 .run() > 0;
    });
  }

  Result<void> reseal_all(const Reseal& reseal, const AuditNote& note) override {
    return database_.use([&](Database& db) {
      Transaction transaction(db);
      for (const auto& column : kSealedColumns)
        for (const auto& value : read_sealed_column(db, column))
          if (const auto sealed = reseal(value)) write_sealed(db, column, value, *sealed);
      chain_.append(db, note);
      transaction.commit();
    });
  }

  Result<void> add_workflow(const WorkflowRow& row, const WorkflowLimits& limits, const AuditNote& note) override {
    return database_.use([&](Database& db) {
      Transaction transaction(db);
      check_limits(db, row, limits);
      db.prepare("INSERT INTO workflows VALUES (?, ?, ?, ?, ?, ?, ?)")
          .bind_all(row.id.text(), row.name, row.description, row.canvas_state, row.status, row.created_at,
                    row.updated_at)
          .run();
      chain_.append(db, note);
      transaction.commit();
    });
  }

  Result<bool> replace_workflow(const WorkflowRow& row, const WorkflowLimits& limits, const AuditNote& note) override {
    return chain_.change(database_, note, [&](Database& db) {
      check_limits(db, row, limits);
      return db.prepare(
                   "UPDATE workflows SET name = ?, description = ?, canvas_state = ?, status = ?, updated_at = ? "
                   "WHERE workflow_id = ?")
                 .bind_all(row.name, row.description, row.canvas_state, row.status, row.updated_at, row.id.text())
                 .run() > 0;
    });
  }

  Result<bool> remove_workflow(const base::WorkflowId& id, const AuditNote& note) override {
    return chain_.change(database_, note, [&](Database& db) {
      return db.prepare("DELETE FROM workflows WHERE workflow_id = ?").bind(1, id.text()).run() > 0;
    });
  }

  RunRows& runs() override { return runs_; }

  Result<void> put_preferences(std::string_view preferences, const AuditNote& note) override {
    return database_.use([&](Database& db) {
      Transaction transaction(db);
      db.prepare("INSERT OR REPLACE INTO preferences VALUES (1, ?, ?)").bind_all(preferences, note.at).run();
      chain_.append(db, note);
      transaction.commit();
    });
  }

  Result<void> append_audit(const AuditNote& note) override {
    return database_.use([&](Database& db) {
      Transaction transaction(db);
      chain_.append(db, note);
      transaction.commit();
    });
  }

  // Runs leave the keys as they are: what is known of those holds on, with another number.
  Result<void> put(const LateRows& rows) override {
    return database_.use([&](Database& db) {
      const auto before = db.version();
      Transaction transaction(db);
      for (const auto& run : rows.runs) put_run(db, run);
      add_usage(db, rows);
      transaction.commit();
      if (known_version_ == before) known_version_.of_this = db.version().of_this;
    });
  }

  UsageStore& usage() override { return usage_; }
  TwoFactorStore& two_factor() override { return two_factor_; }

 private:
  static std::size_t count_credentials(Database& db) {
    auto row = db.prepare("SELECT count(*) FROM credentials");
    row.step();
    return static_cast<std::size_t>(row.integer(0));
  }

  CredentialRows known_;  // of known_version_; both are guarded by the database's lock
  Database::Version known_version_;
  SqliteRunRows runs_{database_};
  const AuditChain chain_;
  SqliteUsageStore usage_{database_, chain_};
  SqliteTwoFactorStore two_factor_{database_, chain_};
};

bool has_column(Database& database, const SealedColumn& column) {
  return database.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?")
      .bind_all(column.table, column.column)
      .step();
}

}  // namespace

Result<std::unique_ptr<UserStore>> open_user_store(const std::filesystem::path& file, const base::UserId& user,
                                                   FileMark mark, AuditHash hash) {
  return guarded([&]() -> std::unique_ptr<UserStore> {
    return std::make_unique<SqliteUserStore>(open_user_file(file, user, mark), AuditChain(user, hash));
  });
}

Result<std::vector<SealedValue>> read_sealed_values(const std::filesystem::path& file, const base::UserId& user,
                                                    FileMark mark) {
  return guarded([&] {
    std::vector<SealedValue> values;
    auto database = read_user_file(file, user, mark);
    if (!database) return values;
    for (const auto& column : kSealedColumns) {
      if (!has_column(*database, column)) continue;  // the file is older than the column
      auto more = read_sealed_column(*database, column);
      values.insert(values.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return values;
  });
}

}  // namespace ownkey::store
