// JSON as this project reads it: UTF-8, no duplicate keys, no deep nesting (RFC 8259 leaves both open; we refuse them).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace ownkey {

using json = nlohmann::json;

// Nesting beyond this is refused: no request needs it, and it costs memory out of proportion to its size.
inline constexpr std::size_t kMaxJsonDepth = 64;

// A body of very many tiny values takes a hundred times its size in memory.
inline constexpr std::size_t kMaxJsonValues = 200'000;

// Parses a whole text. The error names the duplicate key, or says that the text is not JSON and where it breaks off.
Result<json> parse_json(std::string_view text, std::size_t max_values = kMaxJsonValues);

// Compact text; bytes that are not UTF-8 are replaced, so it never fails.
std::string dump_json(const json& value);

}  // namespace ownkey
