// UTF-8 as RFC 3629 allows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ownkey {

// How many bytes the first character of a text takes that is not empty; 0: what is there is no character. It may be no
// longer than need be, and no half of a pair.
std::size_t utf8_size(std::string_view text);

// The beginning of a text: `most` bytes, or less where that would cut a character in two.
std::string_view utf8_prefix(std::string_view text, std::size_t most);

void append_utf8(std::uint32_t code, std::string& into);

}  // namespace ownkey
