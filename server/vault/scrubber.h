// Scrubber: takes keys out of text by their value. Whatever a provider sent passes through here before it can reach a
// client, a log or a history: providers do repeat keys in their error messages, and a model may repeat anything.
//
// A key is found as it is, URL-escaped, JSON-escaped and in base64 (at any offset, either alphabet), and so is any
// piece of 12 characters of one of these forms. Keys shorter than that are found whole; below 6 characters it is no
// secret, and taking it out would only make every other text unreadable.
//
// Copies the keys into wiped memory. scrub() is safe from several threads; add() is not, while others scrub.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "shared/secret.h"

namespace ownkey::vault {

class Scrubber {
 public:
  static constexpr std::size_t kSlice = 12;
  static constexpr std::size_t kShortest = 6;
  static constexpr std::string_view kReplacement = "[key]";

  Scrubber() = default;
  explicit Scrubber(const Secret& key) { add(key); }
  void add(const Secret& key);

  std::string scrub(std::string_view text) const;

  // How much of the text can be handed on while more may follow: what comes after may belong to a key.
  std::size_t settled(std::string_view text) const;

 private:
  void add_form(std::string&& form);
  // The length of the piece of a key that begins here; 0 for none.
  std::size_t match(std::string_view text) const;
  // The first place from `begin` on at which a piece of a key can begin.
  std::size_t next_candidate(std::string_view text, std::size_t begin) const;
  // Whether the text is a piece of a key, however short.
  bool is_piece(std::string_view text) const;

  std::vector<Secret> forms_;
  std::size_t shortest_ = kSlice;
  std::bitset<65536> pairs_;  // which two characters follow one another in some form
};

// Scrubs text that comes piece by piece, so that a key cut in two is found all the same. For one thread.
class StreamScrubber {
 public:
  // The scrubber must outlive this.
  explicit StreamScrubber(const Scrubber& scrubber) : scrubber_(scrubber) {}

  // What can be shown by now; the rest waits for the next piece.
  std::string feed(std::string_view piece);
  // What is left when no more follows.
  std::string finish();

 private:
  const Scrubber& scrubber_;
  std::string waiting_;
};

}  // namespace ownkey::vault
