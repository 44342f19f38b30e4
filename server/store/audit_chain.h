// AuditChain: the audit log in a user's file. Inside store/ only.
//
// The hash of an entry is over these texts, each behind its length in four bytes, the highest first: "ownkey/audit/v1",
// the user's id, sequence, at (milliseconds since 1970), action, subject, address, agent, session id, result, hash of
// the entry before. Numbers are decimal. Before the first entry stands the hash of "ownkey/audit/v1" and the user's id.
//
// One thread at a time, like the Database that calls get.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/base/ids.h"
#include "server/store/audit.h"
#include "server/store/database.h"
#include "server/store/locked_database.h"

namespace ownkey::store {

// Of a user; older ones go. A check relies on it: it may become more for those who have fewer, but a log of which
// something went must still hold as many.
inline constexpr std::int64_t kKeptAuditEntries = 10'000;

class AuditChain {
 public:
  AuditChain(base::UserId user, AuditHash hash) : user_(std::move(user)), hash_(hash) {}

  // What stands before the first entry.
  std::string beginning() const;
  std::string hash_of(const AuditEntry& entry) const;

  // Within the transaction of the change that is told of, which holds the write lock.
  void append(Database& db, const AuditNote& note) const;

  // `work` in a transaction of its own. It says whether it changed anything: only then is it told of.
  template <class Work>
  Result<bool> change(LockedDatabase& database, const AuditNote& note, const Work& work) const {
    return database.use([&](Database& db) {
      Transaction transaction(db);
      const bool changed = work(db);
      if (changed) append(db, note);
      transaction.commit();
      return changed;
    });
  }

 private:
  base::UserId user_;
  AuditHash hash_;
};

inline constexpr std::string_view kAuditColumns =
    "sequence, at, action, subject, address, agent, session_id, result, previous_hash, hash";
AuditEntry read_audit_entry(const Statement& row);

// Newest first.
std::vector<AuditEntry> read_audit(Database& db, std::optional<std::int64_t> before, std::size_t limit);

}  // namespace ownkey::store
