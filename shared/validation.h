// The rules for what people type. The page checks them for a quick answer, the server because it must.
// Each function returns the value to store (trimmed, normalised) or an error that names the field and says what to do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey {

inline constexpr std::size_t kMinPasswordBytes = 8;
inline constexpr std::size_t kMaxPasswordBytes = 1024;
inline constexpr std::size_t kMaxKeyBytes = 4096;
inline constexpr std::size_t kMaxEmailBytes = 254;  // RFC 5321 §4.5.3.1.3 less the brackets
inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxLabelBytes = 64;
inline constexpr std::size_t kMaxDescriptionBytes = 2000;
inline constexpr std::size_t kMaxModelBytes = 200;
inline constexpr double kMinTextScale = 0.5;
inline constexpr double kMaxTextScale = 3;
inline constexpr int kMaxRunTimeoutS = 3600;
inline constexpr std::int64_t kMaxBudgetTokens = 1'000'000'000'000;  // more than anybody can use

// Without white space (spaces, tabs, line breaks, no-break spaces) at both ends.
std::string_view trimmed(std::string_view text);

// Trimmed, ASCII letters in lower case, so that one mailbox is one account. A shape check only: one '@' with something
// sensible on both sides; whether mail arrives is not ours to know.
Result<std::string> valid_email(std::string_view text);

// Length only: composition rules make passwords worse (NIST SP 800-63B §5.1.1.2).
Result<void> valid_password(const Secret& password, std::string_view field = "password");

Result<std::string> valid_full_name(std::string_view text);

// The label of a credential. Lower-case letters, digits, '-', '_' and '.', so that it can stand in a path.
Result<std::string> valid_label(std::string_view text);

Result<std::string> valid_workflow_name(std::string_view text);
Result<std::string> valid_description(std::string_view text);

struct TidyKey {
  Secret key;
  bool trimmed;  // white space was taken off its ends; say so to the person
};

// An API key as pasted: white space at the ends goes; inside, or control characters, or nothing at all is an error.
// There is no check of prefixes: providers change them.
Result<TidyKey> valid_api_key(const Secret& pasted);

}  // namespace ownkey
