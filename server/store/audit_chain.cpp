#include "server/store/audit_chain.h"

#include <limits>
#include <utility>

#include "server/store/sql.h"
#include "shared/fields.h"

namespace ownkey::store {
namespace {

constexpr std::string_view kFormat = "ownkey/audit/v1";

class Encoder {
 public:
  Encoder& add(std::string_view text) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes_.push_back(static_cast<std::uint8_t>(text.size() >> shift));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  Encoder& add(std::int64_t number) { return add(std::to_string(number)); }

  base::ByteView bytes() const { return bytes_; }

 private:
  base::Bytes bytes_;
};

// Where the next entry goes: its sequence, and the hash that it follows.
std::pair<std::int64_t, std::string> next_place(Database& db, const AuditChain& chain) {
  auto last = db.prepare("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1");
  if (!last.step()) return {1, chain.beginning()};
  return {last.integer(0) + 1, last.text(1)};
}

}  // namespace

std::string AuditChain::beginning() const { return hash_(Encoder().add(kFormat).add(user_.text()).bytes()); }

std::string AuditChain::hash_of(const AuditEntry& entry) const {
  return hash_(Encoder()
                   .add(kFormat)
                   .add(user_.text())
                   .add(entry.sequence)
                   .add(base::to_millis(entry.at))
                   .add(entry.action)
                   .add(entry.subject)
                   .add(entry.client.address)
                   .add(entry.client.agent)
                   .add(entry.client.session.text())
                   .add(entry.result)
                   .add(entry.previous_hash)
                   .bytes());
}

void AuditChain::append(Database& db, const AuditNote& note) const {
  AuditEntry entry{.at = note.at,
                   .action = std::string(name_of(note.action)),
                   .subject = note.subject,
                   .client = note.client,
                   .result = std::string(note.failure ? code_of(*note.failure) : "success"),
                   .previous_hash = {},
                   .hash = {}};
  std::tie(entry.sequence, entry.previous_hash) = next_place(db, *this);
  entry.hash = hash_of(entry);
  db.prepare("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind_all(entry.sequence, entry.at, entry.action, entry.subject, entry.client.address, entry.client.agent,
                entry.client.session.text(), entry.result, entry.previous_hash, entry.hash)
      .run();
  db.prepare("DELETE FROM audit WHERE sequence <= ?").bind(1, entry.sequence - kKeptAuditEntries).run();
}

AuditEntry read_audit_entry(const Statement& row) {
  return {.sequence = row.integer(0),
          .at = row.time(1),
          .action = row.text(2),
          .subject = row.text(3),
          .client = {row.text(4), row.text(5), base::SessionId(row.text(6))},
          .result = row.text(7),
          .previous_hash = row.text(8),
          .hash = row.text(9)};
}

std::vector<AuditEntry> read_audit(Database& db, std::optional<std::int64_t> before, std::size_t limit) {
  std::vector<AuditEntry> entries;
  auto row = db.prepare(select(kAuditColumns, "audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"));
  row.bind_all(before.value_or(std::numeric_limits<std::int64_t>::max()), static_cast<std::int64_t>(limit));
  while (row.step()) entries.push_back(read_audit_entry(row));
  return entries;
}

}  // namespace ownkey::store
