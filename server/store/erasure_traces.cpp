#include "server/store/erasure_traces.h"

namespace ownkey::store {
namespace {

std::string text_of(const base::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

std::vector<std::string> traces_of(Database& db, const base::UserId& user) {
  std::vector<std::string> traces;
  auto row = db.prepare("SELECT email, password_hash FROM users WHERE user_id = ?");
  if (row.bind(1, user.text()).step()) traces.insert(traces.end(), {row.text(0), row.text(1)});
  auto data_key = db.prepare("SELECT wrapped FROM data_keys WHERE user_id = ?");
  for (data_key.bind(1, user.text()); data_key.step();) traces.push_back(text_of(data_key.bytes(0)));
  auto session = db.prepare("SELECT token_hash FROM sessions WHERE user_id = ?");
  for (session.bind(1, user.text()); session.step();) traces.push_back(text_of(session.bytes(0)));
  return traces;
}

void empty_log_of(Database& db) {
  if (!db.drop_old_pages())
    throw StoreFailure({ErrorKind::Busy, "somebody else reads or writes the accounts just now; try again", {}, {}, 1});
}

void clear_traces(Database& db, const AccountStore::Erasure& erasure) {
  empty_log_of(db);
  // secure_delete wipes the row that is deleted, but not copies of it that stayed behind between the rows of a page
  // when SQLite moved rows to other pages.
  if (erasure.traces.empty() || db.holds_any(erasure.traces)) db.rewrite();
  const auto& user = erasure.user.text();
  db.prepare("DELETE FROM erasures WHERE user_id = ?").bind(1, user).run();
  empty_log_of(db);
  if (!db.holds_any({&user, 1})) return;
  db.rewrite();
  empty_log_of(db);
}

}  // namespace ownkey::store
