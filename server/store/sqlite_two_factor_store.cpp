#include "server/store/sqlite_two_factor_store.h"

#include <utility>

#include "server/store/user_rows.h"

namespace ownkey::store {
namespace {

bool is_enabled(Database& db) { return db.prepare("SELECT 1 FROM two_factor WHERE enabled_at IS NOT NULL").step(); }

void put_recovery_codes(Database& db, std::span<const std::string> hashes) {
  db.prepare("DELETE FROM recovery_codes").run();
  for (const auto& hash : hashes) db.prepare("INSERT INTO recovery_codes VALUES (?)").bind(1, hash).run();
}

}  // namespace

Result<std::optional<TwoFactorRow>> SqliteTwoFactorStore::get() { return database_.use(read_second_factor); }

Result<void> SqliteTwoFactorStore::set_up(const Make& make) {
  return database_.use([&](Database& db) {
    Transaction transaction(db);
    if (is_enabled(db))
      throw StoreFailure(
          {ErrorKind::Conflict, "two-factor sign-in is on already; switch it off before you set up another app"});
    const auto row = make();
    if (!row) throw StoreFailure(row.error());
    db.prepare("REPLACE INTO two_factor VALUES (1, ?, ?, ?, ?, ?, NULL, 0)")
        .bind_all(row->id, row->kind, base::ByteView(row->sealed_secret.bytes()),
                  static_cast<std::int64_t>(row->generation), row->created_at)
        .run();
    transaction.commit();
  });
}

Result<bool> SqliteTwoFactorStore::enable(const std::string& id, std::int64_t step,
                                          std::span<const std::string> code_hashes, const AuditNote& note) {
  return chain_.change(database_, note, [&](Database& db) {
    if (db.prepare("UPDATE two_factor SET enabled_at = ?, last_step = ? WHERE two_factor_id = ? AND enabled_at IS NULL")
            .bind_all(note.at, step, id)
            .run() == 0)
      return false;
    put_recovery_codes(db, code_hashes);
    return true;
  });
}

Result<bool> SqliteTwoFactorStore::use_step(const std::string& id, std::int64_t step) {
  return database_.use([&](Database& db) {
    return db.prepare("UPDATE two_factor SET last_step = ? WHERE two_factor_id = ? AND last_step < ?")
               .bind_all(step, id, step)
               .run() > 0;
  });
}

Result<bool> SqliteTwoFactorStore::use_recovery_code(const std::string& code_hash, const AuditNote& note) {
  return chain_.change(database_, note, [&](Database& db) {
    return db.prepare("DELETE FROM recovery_codes WHERE code_hash = ?").bind(1, code_hash).run() > 0;
  });
}

Result<bool> SqliteTwoFactorStore::replace_recovery_codes(const std::string& id,
                                                          std::span<const std::string> code_hashes,
                                                          const AuditNote& note) {
  return chain_.change(database_, note, [&](Database& db) {
    if (!db.prepare("SELECT 1 FROM two_factor WHERE two_factor_id = ?").bind(1, id).step()) return false;
    put_recovery_codes(db, code_hashes);
    return true;
  });
}

Result<bool> SqliteTwoFactorStore::remove(const std::string& id, const AuditNote& note) {
  return chain_.change(database_, note, [&](Database& db) {
    if (db.prepare("DELETE FROM two_factor WHERE two_factor_id = ?").bind(1, id).run() == 0) return false;
    put_recovery_codes(db, {});
    return true;
  });
}

}  // namespace ownkey::store
