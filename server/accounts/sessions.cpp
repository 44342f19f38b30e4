#include "server/accounts/sessions.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::accounts {
namespace {

constexpr std::size_t kTokenSize = 32;
// The time of each request is of no interest.
constexpr auto kUseIsWorthNoting = std::chrono::minutes(1);

base::Bytes hash_of(const Secret& token) {
  const auto digest = crypto::sha256(base::bytes_of(token.reveal()));
  return {digest.begin(), digest.end()};
}

UnstoredSessions::Matches is(const base::UserId& user, const base::SessionId& id) {
  return [&](const UnstoredSession& other) { return other.row.user == user && other.row.id == id; };
}

}  // namespace

Result<NewSession> Sessions::begin(const base::UserId& user, const base::Client& client) {
  auto [token, token_hash] = new_token();
  const auto now = clock_.now();
  const store::SessionRow row{.user = user,
                              .id = base::SessionId(crypto::new_id(random_)),
                              .token_hash = std::move(token_hash),
                              .address = client.address,
                              .agent = client.agent,
                              .created_at = now,
                              .last_used_at = now};
  auto added = store_.add_session(row);
  if (!added && added.error().kind == ErrorKind::StorageFull) added = keep_unstored(row);
  if (!added) return added.error();
  return NewSession{row.id, std::move(token), now + kAbsoluteLifetime};
}

Result<Session> Sessions::find(const Secret& token) {
  auto row = find_row(hash_of(token));
  if (!row) return row.error();
  if (!*row || has_expired(**row)) return Error{ErrorKind::Unauthenticated, "your session has ended; sign in again"};
  const auto now = clock_.now();
  if (now - (*row)->last_used_at >= kUseIsWorthNoting) uses_.note((*row)->user, (*row)->id, now);
  return Session{std::move((*row)->user), std::move((*row)->id)};
}

Result<bool> Sessions::has(const Session& session) {
  for (const auto& unstored : unstored_.of(session.user))
    if (unstored.row.id == session.id) return still_holds(unstored);
  return store_.has_session(session.user, session.id);
}

Result<void> Sessions::keep_unstored(const store::SessionRow& session) {
  const auto user = store_.get_user(session.user);
  if (!user) return user.error();
  if (!*user) return Error{ErrorKind::NotFound, "this account does not exist any more"};
  if (!unstored_.add({session, (*user)->password_hash}))
    return Error{ErrorKind::StorageFull, "the server's disk is full; ask the operator to make room"};
  return {};
}

Result<bool> Sessions::still_holds(const UnstoredSession& session) {
  const auto user = store_.get_user(session.row.user);
  if (!user) return user.error();
  return *user && !(*user)->disabled_at && (*user)->password_hash == session.password_hash;
}

// First those that are not stored: one that is being stored meanwhile is there when it is not here any more.
Result<std::optional<store::SessionRow>> Sessions::find_row(const base::Bytes& token_hash) {
  const auto unstored = unstored_.find(token_hash);
  if (!unstored) return store_.find_session(token_hash);
  const auto holds = still_holds(*unstored);
  if (!holds) return holds.error();
  return *holds ? std::optional(unstored->row) : std::nullopt;
}

Result<std::vector<SessionInfo>> Sessions::list(const base::UserId& user) {
  auto unstored = unstored_.of(user);
  auto rows = store_.sessions(user);
  if (!rows) return rows.error();
  for (auto& session : unstored) rows->push_back(std::move(session.row));
  for (auto& row : *rows) row.last_used_at = uses_.latest(row.id, row.last_used_at);
  std::ranges::stable_sort(*rows, std::greater(), &store::SessionRow::last_used_at);
  std::vector<SessionInfo> sessions;
  for (auto& row : *rows)
    if (!has_expired(row))
      sessions.push_back(
          {std::move(row.id), {std::move(row.address), std::move(row.agent)}, row.created_at, row.last_used_at});
  return sessions;
}

bool Sessions::has_expired(const store::SessionRow& session) const {
  const auto now = clock_.now();
  if (now - session.created_at >= kAbsoluteLifetime) return true;
  return now - session.last_used_at >= kIdleLifetime &&
         now - uses_.latest(session.id, session.last_used_at) >= kIdleLifetime;
}

Result<bool> Sessions::remove(const Session& session) {
  if (unstored_.remove(is(session.user, session.id)) > 0) return true;
  return store_.remove_session(session.user, session.id);
}

Result<void> Sessions::end(const Session& session) {
  if (auto removed = remove(session); !removed) return std::move(removed.error());
  return {};
}

Result<void> Sessions::revoke(const Session& session) {
  const auto removed = remove(session);
  if (!removed) return removed.error();
  if (!*removed) return Error{ErrorKind::NotFound, "you have no session with this id; it may have ended"};
  return {};
}

Result<void> Sessions::end_others(const Session& session) {
  unstored_.remove([&](const auto& other) { return other.row.user == session.user && other.row.id != session.id; });
  return store_.remove_other_sessions(session.user, session.id);
}

Result<void> Sessions::settle() {
  const std::scoped_lock settling(settling_);
  for (const auto& session : unstored_.all()) {
    const auto added = store_.add_session_of(session.row, session.password_hash);
    if (!added && added.error().kind != ErrorKind::NotFound) return added.error();
    // Where it is not found any more, it was ended while it was being stored.
    if (unstored_.remove(is(session.row.user, session.row.id)) > 0 || !added || !*added) continue;
    if (auto removed = store_.remove_session(session.row.user, session.row.id); !removed) return removed.error();
  }
  return {};
}

NewToken Sessions::new_token() {
  std::array<std::uint8_t, kTokenSize> bytes{};
  random_.fill(bytes);
  auto text = crypto::base64url(bytes);
  wipe(bytes.data(), bytes.size());
  auto token = Secret::take(std::move(text));
  auto hash = hash_of(token);
  return {std::move(token), std::move(hash)};
}

Result<void> Sessions::remove_expired() {
  unstored_.remove([this](const auto& session) { return has_expired(session.row); });
  if (auto written = write_uses(); !written) return written;
  const auto now = clock_.now();
  return store_.remove_old_sessions(now - kAbsoluteLifetime, now - kIdleLifetime);
}

}  // namespace ownkey::accounts
