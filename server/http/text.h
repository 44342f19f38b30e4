// Small pieces of HTTP's text: trimming, lists, percent-decoding. Pure functions; names and encoding: shared/text.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/text.h"

namespace ownkey::http {

// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

// The parts between separators, not trimmed; at least one, which may be empty.
std::vector<std::string_view> split(std::string_view text, char separator);

// The first separator's two sides; the second is empty when there is none.
std::pair<std::string_view, std::string_view> divide(std::string_view text, char separator);

// Decodes %XX (RFC 3986 §2.1). Nothing for a broken escape, or one that hides a control character.
enum class Plus { IsPlus, IsSpace };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus = Plus::IsPlus);

}  // namespace ownkey::http
