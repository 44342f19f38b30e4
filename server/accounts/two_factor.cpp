#include "server/accounts/two_factor.h"

#include <chrono>
#include <utility>

#include "server/accounts/recovery_codes.h"
#include "server/base/ip_address.h"
#include "server/crypto/totp.h"

namespace ownkey::accounts {
namespace {

constexpr std::string_view kKind = "totp";
constexpr std::string_view kSecretColumn = "sealed_secret";
constexpr auto kTimeToEnable = std::chrono::minutes(10);

// Wrong codes of one account from one subscriber of a network, and from anywhere. Three of a million codes are right at
// any time, and only somebody who knows the password gets as far as trying: at 288 codes a day, that takes them three
// years on average.
constexpr Allowance kCodesFromHere{.burst = 10, .per_second = 1.0 / 30};
constexpr Allowance kCodesFromAnywhere{.burst = 30, .per_second = 1.0 / 300};
// Wrong codes that are noted, for one account, as with passwords: the log is bounded.
constexpr Allowance kWrongCodesNoted{.burst = 20, .per_second = 1.0 / 3600};

std::string from_here(const base::UserId& user, const base::Client& client) {
  return user.text() + ' ' + base::subscriber_of(client.address);
}

crypto::ColumnPlace place_of(const base::UserId& user, const store::TwoFactorRow& row) {
  return {user.text(), row.kind, row.id, kSecretColumn, row.generation};
}

Error not_set_up() {
  return {ErrorKind::Conflict, "nothing was set up in the last ten minutes, or it was replaced; begin again"};
}

Error no_room() {
  return {ErrorKind::StorageFull,
          "the server's disk is full: sign in with a code of your app, or ask the operator to make room"};
}

Error switched_on() { return {ErrorKind::Conflict, "two-factor sign-in is on already"}; }
Error switched_off() { return {ErrorKind::Conflict, "two-factor sign-in is off"}; }

std::vector<std::string> hashes_of(const Secret& totp_secret, const std::vector<Secret>& codes) {
  std::vector<std::string> hashes;
  for (const auto& code : codes) hashes.push_back(recovery_code_hash(totp_secret, code));
  return hashes;
}

}  // namespace

Result<TwoFactorState> TwoFactor::state(const base::UserId& user) {
  const auto found = find(user);
  if (!found) return found.error();
  if (!*found) return TwoFactorState{};
  const auto& row = (*found)->row;
  return TwoFactorState{row.enabled_at, row.recovery_codes};
}

Result<TwoFactorSetup> TwoFactor::set_up(const base::UserId& user, const Secret& password, const base::Client& client) {
  const auto known = parts_.passwords.again(user, password, AuditAction::TwoFactorEnabled, client);
  if (!known) return known.error();
  const auto store = parts_.users.open(user);
  if (!store) return store.error();
  auto secret = crypto::new_totp_secret(parts_.random);
  const auto make = [&]() -> Result<store::TwoFactorRow> {
    store::TwoFactorRow row{.id = crypto::new_id(parts_.random),
                            .kind = std::string(kKind),
                            .sealed_secret = {},
                            .generation = 1,
                            .created_at = parts_.clock.now()};
    auto sealed = parts_.sealing.seal(place_of(user, row), secret);
    if (!sealed) return sealed.error();
    row.sealed_secret = std::move(*sealed);
    return row;
  };
  if (auto stored = (*store)->two_factor().set_up(make); !stored) return stored.error();
  return TwoFactorSetup{known->email, std::move(secret)};
}

Result<std::vector<Secret>> TwoFactor::enable(const base::UserId& user, const Secret& code,
                                              const base::Client& client) {
  auto found = find(user);
  if (!found) return found.error();
  const auto now = parts_.clock.now();
  if (*found && (*found)->row.enabled_at) return switched_on();
  if (!*found || now - (*found)->row.created_at >= kTimeToEnable) return not_set_up();
  auto& [store, row] = **found;
  const Use use{user, client, AuditAction::TwoFactorEnabled, ErrorKind::Forbidden};
  Tries tries(parts_.limiter);
  if (auto may = take(tries, use); !may) return may.error();
  const auto secret = open_secret(**found, user);
  if (!secret) return secret.error();
  const auto tidy = tidy_code(code);
  const auto step = crypto::matching_totp_step(*secret, tidy.reveal(), now, row.last_step);
  if (!step) return refuse(tries, use);
  auto codes = new_recovery_codes(parts_.random);
  const auto enabled = store->two_factor().enable(row.id, *step, hashes_of(*secret, codes), note(use.action, client));
  if (!enabled) return enabled.error();
  if (!*enabled) return not_set_up();
  return codes;
}

Result<std::vector<Secret>> TwoFactor::renew_recovery_codes(const base::UserId& user, const Secret& password,
                                                            const Secret& code, const base::Client& client) {
  const Use use{user, client, AuditAction::RecoveryCodesRenewed, ErrorKind::Forbidden};
  auto found = allowed(use, password, code, Codes::OfApp);
  if (!found) return found.error();
  const auto secret = open_secret(*found, user);
  if (!secret) return secret.error();
  auto codes = new_recovery_codes(parts_.random);
  const auto replaced = found->store->two_factor().replace_recovery_codes(found->row.id, hashes_of(*secret, codes),
                                                                          note(use.action, client));
  if (!replaced) return replaced.error();
  if (!*replaced) return switched_off();
  return codes;
}

Result<void> TwoFactor::disable(const base::UserId& user, const Secret& password, const Secret& code,
                                const base::Client& client) {
  const Use use{user, client, AuditAction::TwoFactorDisabled, ErrorKind::Forbidden};
  auto found = allowed(use, password, code, Codes::OfAppOrRecovery);
  if (!found) return found.error();
  const auto removed = found->store->two_factor().remove(found->row.id, note(use.action, client));
  if (!removed) return removed.error();
  return {};
}

Result<void> TwoFactor::check(const base::UserId& user, const std::optional<Secret>& code, const base::Client& client) {
  const auto row = parts_.users.read(user, [](store::UserView& view) { return view.second_factor(); });
  if (!row) return row.error();
  if (!*row || !(*row)->enabled_at) return {};
  if (!code)
    return Error{ErrorKind::TwoFactorRequired,
                 "enter the code that your authenticator app shows, or one of your recovery codes",
                 {},
                 "totp_code"};
  auto found = find(user);
  if (!found && found.error().kind == ErrorKind::StorageFull) found = std::optional(Found{nullptr, **row});
  if (!found) return found.error();
  if (!*found) return {};  // switched off a moment ago
  return use_up(**found, *code, Codes::OfAppOrRecovery,
                {user, client, AuditAction::SessionStarted, ErrorKind::TwoFactorRejected});
}

Result<std::optional<TwoFactor::Found>> TwoFactor::find(const base::UserId& user) {
  auto store = parts_.users.open(user);
  if (!store) return store.error();
  auto row = (*store)->two_factor().get();
  if (!row) return row.error();
  if (!*row) return std::optional<Found>();
  return std::optional(Found{std::move(*store), std::move(**row)});
}

Result<TwoFactor::Found> TwoFactor::allowed(const Use& use, const Secret& password, const Secret& code, Codes codes) {
  auto found = find(use.user);
  if (!found) return found.error();
  if (!*found || !(*found)->row.enabled_at) return switched_off();
  if (auto known = parts_.passwords.again(use.user, password, use.action, use.client); !known) return known.error();
  if (auto used = use_up(**found, code, codes, use); !used) return used.error();
  return std::move(**found);
}

Result<void> TwoFactor::use_up(Found& found, const Secret& code, Codes codes, const Use& use) {
  Tries tries(parts_.limiter);
  if (auto may = take(tries, use); !may) return may;
  const auto right = is_right(found, code, codes, use);
  if (!right) return right.error();
  if (!*right) return refuse(tries, use);
  return {};
}

Result<bool> TwoFactor::is_right(Found& found, const Secret& code, Codes codes, const Use& use) {
  const auto secret = open_secret(found, use.user);
  if (!secret) return secret.error();
  const auto tidy = tidy_code(code);
  if (const auto step = crypto::matching_totp_step(*secret, tidy.reveal(), parts_.clock.now(), found.row.last_step))
    return use_step(found, *step, use.user);
  if (codes == Codes::OfApp) return false;
  if (!found.store) return no_room();
  return found.store->two_factor().use_recovery_code(recovery_code_hash(*secret, tidy),
                                                     note(AuditAction::RecoveryCodeUsed, use.client));
}

Result<bool> TwoFactor::use_step(const Found& found, std::int64_t step, const base::UserId& user) {
  if (unstored_codes_.is_used(user, step)) return false;
  if (!found.store) return unstored_codes_.use(user, step);
  auto used = found.store->two_factor().use_step(found.row.id, step);
  if (!used && used.error().kind == ErrorKind::StorageFull) return unstored_codes_.use(user, step);
  return used;
}

Result<Secret> TwoFactor::open_secret(Found& found, const base::UserId& user) {
  for (;;) {
    auto secret = parts_.sealing.open(place_of(user, found.row), found.row.sealed_secret);
    if (secret || secret.error().kind != ErrorKind::CredentialUnreadable) return secret;
    // Between our look at the row and the one at the data key, a rotation may have moved the value: then it has
    // changed.
    if (!found.store) return secret;
    auto row = found.store->two_factor().get();
    if (!row) return row.error();
    if (!*row) return switched_off();
    if ((*row)->sealed_secret == found.row.sealed_secret)
      return Error{ErrorKind::CredentialUnreadable,
                   "your second factor cannot be read here any more; ask the operator of this server to reset it",
                   secret.error().log_text};
    found.row = std::move(**row);
  }
}

Result<void> TwoFactor::take(Tries& tries, const Use& use) {
  if (auto allowed = tries.take("code from here", from_here(use.user, use.client), kCodesFromHere); !allowed)
    return allowed;
  return tries.take("code", use.user.text(), kCodesFromAnywhere);
}

Error TwoFactor::refuse(Tries& tries, const Use& use) {
  tries.spend();
  if (parts_.limiter.take("wrong codes noted", use.user.text(), kWrongCodesNoted))
    parts_.audit.record_refused(use.user, use.action, use.client, use.refusal);
  return {
      use.refusal, "this code is wrong, or was used already; enter the one that your app shows next", {}, "totp_code"};
}

store::AuditNote TwoFactor::note(AuditAction action, const base::Client& client) const {
  return {action, {}, client, parts_.clock.now()};
}

}  // namespace ownkey::accounts
