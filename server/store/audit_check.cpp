#include "server/store/audit_check.h"

#include "server/store/audit_chain.h"
#include "server/store/sql.h"
#include "server/store/user_file.h"

namespace ownkey::store {
namespace {

bool has_audit(Database& db) { return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit'").step(); }

std::int64_t count_entries(Database& db) {
  auto row = db.prepare("SELECT count(*) FROM audit");
  row.step();
  return row.integer(0);
}

class Check {
 public:
  Check(const AuditChain& chain, std::int64_t entries) : chain_(chain) { report_.entries = entries; }

  void look_at(const AuditEntry& entry) {
    if (!report_.head) {
      report_.first = entry.sequence;
      begin(entry);
    } else if (entry.sequence != report_.head->sequence + 1) {
      fail(entry, "entries before it are missing");
    } else if (entry.previous_hash != report_.head->hash) {
      fail(entry, "it does not follow the entry before it");
    }
    if (entry.hash != chain_.hash_of(entry)) fail(entry, "it was changed");
    report_.head = {entry.sequence, entry.hash};
  }

  AuditReport report() && { return std::move(report_); }

 private:
  // Without the entries that went with time, the oldest that is left can only be believed.
  void begin(const AuditEntry& entry) {
    if (entry.sequence == 1) {
      if (entry.previous_hash != chain_.beginning()) fail(entry, "it is not the beginning of this user's log");
    } else if (report_.entries < kKeptAuditEntries) {
      fail(entry, "entries before it are missing");
    }
  }
  void fail(const AuditEntry& entry, std::string reason) {
    if (!report_.broken) report_.broken = {entry.sequence, std::move(reason)};
  }

  const AuditChain& chain_;
  AuditReport report_;
};

}  // namespace

Result<AuditReport> check_audit(const std::filesystem::path& file, const base::UserId& user, FileMark mark,
                                AuditHash hash) {
  return guarded([&]() -> AuditReport {
    auto db = read_user_file(file, user, mark);
    if (!db || !has_audit(*db)) return {};
    // One view of the file for both statements: the server may write meanwhile.
    db->execute("BEGIN");
    const AuditChain chain(user, hash);
    Check check(chain, count_entries(*db));
    auto row = db->prepare(select(kAuditColumns, "audit ORDER BY sequence"));
    while (row.step()) check.look_at(read_audit_entry(row));
    return std::move(check).report();
  });
}

}  // namespace ownkey::store
