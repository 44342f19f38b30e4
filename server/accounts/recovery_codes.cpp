#include "server/accounts/recovery_codes.h"

#include <utility>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"
#include "shared/text.h"

namespace ownkey::accounts {
namespace {

constexpr std::string_view kPurpose = "ownkey/v1/recovery-code";
constexpr std::size_t kHalf = 5;

Secret new_recovery_code(crypto::Random& random) {
  auto text = crypto::new_id(random).substr(0, 2 * kHalf);
  text.insert(kHalf, 1, '-');
  return Secret::take(std::move(text));
}

}  // namespace

std::vector<Secret> new_recovery_codes(crypto::Random& random) {
  std::vector<Secret> codes;
  while (codes.size() < kRecoveryCodes) codes.push_back(new_recovery_code(random));
  return codes;
}

Secret tidy_code(const Secret& typed) {
  std::string code;
  for (const char c : typed.reveal())
    if (c != ' ' && c != '-') code += lower(c);
  return Secret::take(std::move(code));
}

std::string recovery_code_hash(const Secret& totp_secret, const Secret& code) {
  const auto tidy = tidy_code(code);
  const auto key = crypto::derive_key(base::bytes_of(totp_secret.reveal()), {}, kPurpose);
  return crypto::hex(crypto::hmac_sha256(key, base::bytes_of(tidy.reveal())));
}

}  // namespace ownkey::accounts
