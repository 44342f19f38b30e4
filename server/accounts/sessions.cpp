#include "server/accounts/sessions.h"

#include <array>
#include <utility>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::accounts {
namespace {

constexpr std::size_t kTokenSize = 32;
// Writing the time of each request would make every read wait for the disk.
constexpr auto kUseIsWorthNoting = std::chrono::minutes(1);

base::Bytes hash_of(const Secret& token) {
  const auto digest = crypto::sha256(base::bytes_of(token.reveal()));
  return {digest.begin(), digest.end()};
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
  if (auto added = store_.add_session(row); !added) return added.error();
  return NewSession{row.id, std::move(token), now + kAbsoluteLifetime};
}

Result<Session> Sessions::find(const Secret& token) {
  const auto row = store_.find_session(hash_of(token));
  if (!row) return row.error();
  if (!*row || has_expired(**row)) return Error{ErrorKind::Unauthenticated, "your session has ended; sign in again"};
  const auto now = clock_.now();
  if (now - (*row)->last_used_at >= kUseIsWorthNoting) {
    // A full disk must not keep people from reading: a session that cannot be noted as used is still good.
    (void)store_.touch_session((*row)->user, (*row)->id, now);
  }
  return Session{(*row)->user, (*row)->id};
}

Result<std::vector<SessionInfo>> Sessions::list(const base::UserId& user) {
  auto rows = store_.sessions(user);
  if (!rows) return rows.error();
  std::vector<SessionInfo> sessions;
  for (auto& row : *rows)
    if (!has_expired(row))
      sessions.push_back(
          {std::move(row.id), {std::move(row.address), std::move(row.agent)}, row.created_at, row.last_used_at});
  return sessions;
}

bool Sessions::has_expired(const store::SessionRow& session) const {
  const auto now = clock_.now();
  return now - session.last_used_at >= kIdleLifetime || now - session.created_at >= kAbsoluteLifetime;
}

Result<void> Sessions::end(const Session& session) {
  if (auto removed = store_.remove_session(session.user, session.id); !removed) return std::move(removed.error());
  return {};
}

Result<void> Sessions::revoke(const Session& session) {
  const auto removed = store_.remove_session(session.user, session.id);
  if (!removed) return removed.error();
  if (!*removed) return Error{ErrorKind::NotFound, "you have no session with this id; it may have ended"};
  return {};
}

Result<void> Sessions::end_others(const Session& session) {
  return store_.remove_other_sessions(session.user, session.id);
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
  const auto now = clock_.now();
  return store_.remove_old_sessions(now - kAbsoluteLifetime, now - kIdleLifetime);
}

}  // namespace ownkey::accounts
