#include "server/crypto/totp.h"

#include <botan/base32.h>
#include <botan/otp.h>

#include <algorithm>
#include <array>

#include "server/crypto/digest.h"

namespace ownkey::crypto {
namespace {

constexpr std::size_t kSecretSize = 20;  // 32 characters of base32, which need no padding
constexpr std::size_t kDigits = 6;
constexpr std::int64_t kStepSeconds = 30;
constexpr std::int64_t kNeighbours = 1;

}  // namespace

Secret new_totp_secret(Random& random) {
  std::array<std::uint8_t, kSecretSize> bytes{};
  random.fill(bytes);
  auto text = Botan::base32_encode(bytes);
  wipe(bytes.data(), bytes.size());
  return Secret::take(std::move(text));
}

std::int64_t totp_step(base::Time now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() / kStepSeconds;
}

std::string totp_code(const Secret& secret, std::int64_t step) {
  const auto text = secret.reveal();
  const auto key = Botan::base32_decode(text.data(), text.size());
  Botan::TOTP totp(key.data(), key.size(), "SHA-1", kDigits, kStepSeconds);
  const auto digits = std::to_string(totp.generate_totp(static_cast<std::uint64_t>(step * kStepSeconds)));
  return std::string(kDigits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_totp_step(const Secret& secret, std::string_view code, base::Time now,
                                               std::int64_t last_used) {
  const auto present = totp_step(now);
  std::optional<std::int64_t> matching;
  for (auto step = std::max(present - kNeighbours, last_used + 1); step <= present + kNeighbours; ++step)
    if (equal_in_constant_time(base::bytes_of(totp_code(secret, step)), base::bytes_of(code))) matching = step;
  return matching;
}

}  // namespace ownkey::crypto
