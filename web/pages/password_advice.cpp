#include "web/pages/password_advice.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "shared/text.h"
#include "shared/validation.h"

namespace ownkey::pages {
namespace {

// What guessing programs try first, alone and with something before or after it.
constexpr std::array<std::string_view, 12> kGuesses{"password", "passwort", "qwert", "12345",  "abc123", "letmein",
                                                    "welcome",  "iloveyou", "admin", "ownkey", "dragon", "monkey"};
constexpr std::size_t kLong = 12, kVeryLong = 16;
constexpr std::size_t kFewCharacters = 5;

std::size_t different(std::string_view text) {
  std::bitset<256> seen;
  for (const char c : text) seen.set(static_cast<unsigned char>(c));
  return seen.count();
}

}  // namespace

std::string password_advice(std::string_view password, std::string_view email) {
  if (password.size() < kMinPasswordBytes)
    return "At least " + std::to_string(kMinPasswordBytes) + " characters. A few words in a row work well.";
  std::string plain = lowered(password);
  const std::string who = lowered(trimmed(email.substr(0, email.find('@'))));
  const auto holds = [&](std::string_view part) { return plain.find(part) != std::string::npos; };
  const bool guessed = std::any_of(kGuesses.begin(), kGuesses.end(), holds);
  const bool named = who.size() > 2 && holds(who);
  const std::size_t characters = different(plain);
  wipe(plain);
  if (named) return "Easy to guess: your e-mail address is in it.";
  if (characters < kFewCharacters) return "Easy to guess: the same few characters again and again.";
  if (guessed && password.size() < kVeryLong) return "Easy to guess: it has a very common password in it.";
  if (password.size() < kLong) return "Fair. Longer is stronger: add a word or two.";
  return password.size() < kVeryLong ? "Good." : "Strong.";
}

}  // namespace ownkey::pages
