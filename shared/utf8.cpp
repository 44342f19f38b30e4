#include "shared/utf8.h"

namespace ownkey {

std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (size > text.size()) return 0;
  std::uint32_t code = lead & (0x7Fu >> size);
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return 0;
    code = (code << 6) | (byte(at) & 0x3F);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool half_of_pair = code >= 0xD800 && code < 0xE000;
  return code < kLeast[size] || code > 0x10FFFF || half_of_pair ? 0 : size;
}

std::string_view utf8_prefix(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  const auto is_inside = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  while (most > 0 && is_inside(most)) --most;
  return text.substr(0, most);
}

void append_utf8(std::uint32_t code, std::string& into) {
  const auto tail = [&](int shift) { into += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    into += static_cast<char>(code);
  } else if (code < 0x800) {
    into += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    into += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    into += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace ownkey
