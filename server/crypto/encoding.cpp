#include "server/crypto/encoding.h"

#include <botan/base64.h>
#include <botan/hex.h>
#include <botan/secmem.h>

#include <algorithm>

namespace ownkey::crypto {
namespace {

std::string standard_alphabet(std::string_view text) {
  std::string result(text);
  std::ranges::replace(result, '-', '+');
  std::ranges::replace(result, '_', '/');
  while (result.ends_with('=')) result.pop_back();
  while (result.size() % 4 != 0) result += '=';
  return result;
}

std::optional<Botan::secure_vector<std::uint8_t>> decode(std::string_view text) {
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) return std::nullopt;
  auto standard = standard_alphabet(text);
  if (standard.ends_with("===")) return std::nullopt;  // one character alone is no byte, though Botan lets it pass
  try {
    auto bytes = Botan::base64_decode(standard, /*ignore_ws=*/false);
    wipe(standard);
    return bytes;
  } catch (const std::exception&) {
    wipe(standard);
    return std::nullopt;
  }
}

}  // namespace

std::string hex(base::ByteView bytes) { return Botan::hex_encode(bytes, /*uppercase=*/false); }

std::string base64(base::ByteView bytes) { return Botan::base64_encode(bytes); }

std::string base64url(base::ByteView bytes) {
  auto text = base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

std::optional<base::Bytes> decode_base64(std::string_view text) {
  const auto bytes = decode(text);
  if (!bytes) return std::nullopt;
  return base::Bytes(bytes->begin(), bytes->end());
}

std::optional<Key> decode_key(std::string_view text) {
  const auto bytes = decode(text);
  if (!bytes || bytes->size() != Key::kSize) return std::nullopt;
  return Key(std::span<const std::uint8_t, Key::kSize>(*bytes));
}

Secret encode_key(const Key& key) {
  auto text = base64(key.reveal());
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return Secret::take(std::move(text));
}

}  // namespace ownkey::crypto
