// Hash: tells whether something of many bytes is what it was a frame ago. Not against anybody who wants to deceive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ownkey::platform {

class Hash {
 public:
  void add(const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    std::uint64_t word;
    for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
      std::memcpy(&word, at, sizeof word);
      mix(word);
    }
    word = size;
    std::memcpy(&word, at, size);
    mix(word);
  }
  void add(std::string_view text) { add(text.data(), text.size()); }
  std::uint64_t value() const { return value_; }

 private:
  void mix(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
    value_ ^= value_ >> 32;
  }

  std::uint64_t value_ = 0;
};

}  // namespace ownkey::platform
