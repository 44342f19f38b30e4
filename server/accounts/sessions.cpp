#include "server/accounts/sessions.h"

#include <array>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::accounts {
namespace {

constexpr std::size_t kTokenSize = 32;
// Writing the time of each request would make every read wait for the disk.
constexpr auto kUseIsWorthNoting = std::chrono::minutes(1);

Secret new_token(crypto::Random& random) {
  std::array<std::uint8_t, kTokenSize> bytes{};
  random.fill(bytes);
  auto text = crypto::base64url(bytes);
  wipe(bytes.data(), bytes.size());
  return Secret::take(std::move(text));
}

base::Bytes hash_of(const Secret& token) {
  const auto digest = crypto::sha256(base::bytes_of(token.reveal()));
  return {digest.begin(), digest.end()};
}

}  // namespace

Result<NewSession> Sessions::begin(const base::UserId& user, const base::Client& client) {
  auto token = new_token(random_);
  const auto now = clock_.now();
  const store::SessionRow row{.user = user,
                              .id = base::SessionId(crypto::new_id(random_)),
                              .token_hash = hash_of(token),
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
  const auto now = clock_.now();
  const auto is_over = [&](const store::SessionRow& session) {
    return now - session.last_used_at >= kIdleLifetime || now - session.created_at >= kAbsoluteLifetime;
  };
  if (!*row || is_over(**row)) return Error{ErrorKind::Unauthenticated, "your session has ended; sign in again"};
  if (now - (*row)->last_used_at >= kUseIsWorthNoting) {
    // A full disk must not keep people from reading: a session that cannot be noted as used is still good.
    (void)store_.touch_session((*row)->user, (*row)->id, now);
  }
  return Session{(*row)->user, (*row)->id};
}

Result<void> Sessions::end(const Session& session) { return store_.remove_session(session.user, session.id); }

Result<void> Sessions::remove_expired() {
  const auto now = clock_.now();
  return store_.remove_old_sessions(now - kAbsoluteLifetime, now - kIdleLifetime);
}

}  // namespace ownkey::accounts
