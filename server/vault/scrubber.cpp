#include "server/vault/scrubber.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"

namespace ownkey::vault {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::size_t pair_at(std::string_view text, std::size_t i) {
  return static_cast<std::size_t>(static_cast<unsigned char>(text[i])) << 8 | static_cast<unsigned char>(text[i + 1]);
}

// A key holds no control characters (shared/validation.h), so that quotes and backslashes are all that JSON escapes.
std::string json_escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size() * 2);
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

// The characters of the text's base64 that depend on nothing but the text when `offset` bytes stand before it.
std::string base64_at(std::string_view text, unsigned offset) {
  std::string result;
  result.reserve(text.size() * 2);
  unsigned bits = 0;
  unsigned held = 0;
  // A character holds 6 bits: the first that is all ours begins at the first multiple of 6 behind the bytes before.
  unsigned to_skip = (6 - offset * 8 % 6) % 6;
  for (const char c : text) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    held += 8;
    if (to_skip > 0) held -= std::exchange(to_skip, 0);
    for (; held >= 6; held -= 6) result += kBase64[bits >> (held - 6) & 63];
  }
  return result;
}

std::string url_alphabet(std::string text) {
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

}  // namespace

void Scrubber::add(const Secret& key) {
  const auto text = key.reveal();
  add_form(std::string(text));
  add_form(percent_encoded(text));
  add_form(json_escaped(text));
  for (const unsigned offset : {0U, 1U, 2U}) {
    auto base64 = base64_at(text, offset);
    auto for_urls = url_alphabet(base64);
    add_form(std::move(base64));
    add_form(std::move(for_urls));
  }
}

void Scrubber::add_form(std::string&& form) {
  const bool is_known = std::ranges::any_of(forms_, [&](const Secret& known) { return known.reveal() == form; });
  if (!is_known && form.size() >= kShortest) {
    shortest_ = std::min(shortest_, form.size());
    for (std::size_t i = 0; i + 1 < form.size(); ++i) pairs_.set(pair_at(form, i));
    forms_.emplace_back(form);
  }
  wipe(form);
}

std::string Scrubber::scrub(std::string_view text) const {
  std::string result;
  std::size_t done = 0;
  for (std::size_t i = next_candidate(text, 0); i < text.size();) {
    const std::size_t length = match(text.substr(i));
    if (length > 0) {
      result.append(text, done, i - done).append(kReplacement);
      done = i + length;
    }
    i = next_candidate(text, length > 0 ? done : i + 1);
  }
  return result.append(text, done);
}

std::size_t Scrubber::settled(std::string_view text) const {
  if (forms_.empty()) return text.size();
  // The longest end of the text that is a piece of a key may become a longer one.
  std::size_t begin = text.size();
  while (begin > 0 && is_piece(text.substr(begin - 1))) --begin;
  // A cut must not fall into a piece that is found already.
  for (std::size_t i = next_candidate(text, 0); i < begin;) {
    const std::size_t length = match(text.substr(i));
    if (i + length > begin) return i;
    i = next_candidate(text, i + std::max<std::size_t>(length, 1));
  }
  return begin;
}

std::size_t Scrubber::match(std::string_view text) const {
  std::size_t longest = 0;
  for (const auto& form : forms_) {
    const auto known = form.reveal();
    const std::size_t needed = std::min(kSlice, known.size());
    if (text.size() < needed) continue;
    for (auto at = known.find(text.substr(0, needed)); at != known.npos;
         at = known.find(text.substr(0, needed), at + 1)) {
      const auto rest = known.substr(at, text.size());
      const auto differ = std::ranges::mismatch(rest, text).in1 - rest.begin();
      longest = std::max(longest, static_cast<std::size_t>(differ));
    }
  }
  return longest;
}

// Any piece is made of known pairs alone. Looking at the last pair first allows leaps of almost a slice over plain
// text.
std::size_t Scrubber::next_candidate(std::string_view text, std::size_t begin) const {
  while (!forms_.empty() && begin + shortest_ <= text.size()) {
    std::size_t pair = begin + shortest_ - 1;
    while (pair > begin && pairs_.test(pair_at(text, pair - 1))) --pair;
    if (pair == begin) return begin;
    begin = pair;
  }
  return text.size();
}

bool Scrubber::is_piece(std::string_view text) const {
  return std::ranges::any_of(forms_,
                             [&](const Secret& form) { return form.reveal().find(text) != std::string_view::npos; });
}

std::string StreamScrubber::feed(std::string_view piece) {
  waiting_ += piece;
  const std::size_t size = scrubber_.settled(waiting_);
  std::string clean = scrubber_.scrub(std::string_view(waiting_).substr(0, size));
  waiting_.erase(0, size);
  return clean;
}

std::string StreamScrubber::finish() {
  std::string clean = scrubber_.scrub(waiting_);
  wipe(waiting_);
  return clean;
}

}  // namespace ownkey::vault
