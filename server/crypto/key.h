// Key: 32 secret bytes for AES-256 and HMAC-SHA-256. Move-only, wiped when it goes.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "server/base/bytes.h"
#include "shared/secret.h"

namespace ownkey::crypto {

class Key {
 public:
  static constexpr std::size_t kSize = 32;

  Key() = default;
  // Copies the bytes; the caller wipes its own.
  explicit Key(std::span<const std::uint8_t, kSize> bytes) { std::copy(bytes.begin(), bytes.end(), bytes_.begin()); }

  Key(Key&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_.data(), kSize); }
  Key& operator=(Key&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    wipe(other.bytes_.data(), kSize);
    return *this;
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { wipe(bytes_.data(), kSize); }

  Key clone() const { return Key(bytes_); }

  base::ByteView reveal() const& { return bytes_; }
  base::ByteView reveal() const&& = delete;
  std::span<std::uint8_t, kSize> fill() { return bytes_; }

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

}  // namespace ownkey::crypto
