#include "server/crypto/password_hash.h"

#include <botan/pwdhash.h>

#include <array>
#include <charconv>
#include <optional>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::crypto {
namespace {

constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kHashSize = 32;

struct Phc {
  Argon2Cost cost;
  base::Bytes salt;
  base::Bytes hash;
};

// Takes what stands before the next separator off the front.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

std::optional<std::uint32_t> parameter(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Phc> parse_phc(std::string_view text) {
  const std::string_view head = "$argon2id$v=19$";
  if (!text.starts_with(head)) return std::nullopt;
  text.remove_prefix(head.size());
  auto parameters = take_until(text, '$');
  const auto memory = parameter(take_until(parameters, ','), "m=");
  const auto passes = parameter(take_until(parameters, ','), "t=");
  const auto lanes = parameter(parameters, "p=");
  auto salt = decode_base64(take_until(text, '$'));
  auto hash = decode_base64(text);
  if (!memory || !passes || !lanes || !salt || !hash) return std::nullopt;
  const Argon2Cost cost{*memory, *passes, *lanes};
  const bool sane = cost.passes >= 1 && cost.lanes >= 1 && cost.memory_kib >= 8 * cost.lanes &&
                    cost.memory_kib <= kHighestCost.memory_kib && cost.passes <= kHighestCost.passes &&
                    cost.lanes <= kHighestCost.lanes && salt->size() >= 8 && salt->size() <= 64 &&
                    hash->size() == kHashSize;
  if (!sane) return std::nullopt;
  return Phc{cost, std::move(*salt), std::move(*hash)};
}

base::Bytes argon2id(const Secret& password, const Argon2Cost& cost, base::ByteView salt) {
  base::Bytes hash(kHashSize);
  const auto text = password.reveal();
  Botan::PasswordHashFamily::create_or_throw("Argon2id")
      ->from_params(cost.memory_kib, cost.passes, cost.lanes)
      ->derive_key(hash.data(), hash.size(), text.data(), text.size(), salt.data(), salt.size());
  return hash;
}

std::string unpadded(base::ByteView bytes) {
  auto text = base64(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

std::string phc_text(const Argon2Cost& cost, base::ByteView salt, base::ByteView hash) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) +
         ",p=" + std::to_string(cost.lanes) + "$" + unpadded(salt) + "$" + unpadded(hash);
}

bool is_lower(const Argon2Cost& cost, const Argon2Cost& wanted) {
  return cost.memory_kib < wanted.memory_kib || cost.passes < wanted.passes;
}

}  // namespace

std::string hash_password(const Secret& password, const Argon2Cost& cost, Random& random) {
  std::array<std::uint8_t, kSaltSize> salt{};
  random.fill(salt);
  return phc_text(cost, salt, argon2id(password, cost, salt));
}

std::string unknown_password_hash(const Argon2Cost& cost, Random& random) {
  std::array<std::uint8_t, kSaltSize> salt{};
  std::array<std::uint8_t, kHashSize> hash{};
  random.fill(salt);
  random.fill(hash);
  return phc_text(cost, salt, hash);
}

bool is_password_hash(std::string_view phc) { return parse_phc(phc).has_value(); }

PasswordCheck check_password(const Secret& password, std::string_view phc, const Argon2Cost& wanted) {
  const auto stored = parse_phc(phc);
  if (!stored) return {};
  const bool correct = equal_in_constant_time(argon2id(password, stored->cost, stored->salt), stored->hash);
  return {correct, correct && is_lower(stored->cost, wanted)};
}

}  // namespace ownkey::crypto
