// Secret: text that must not get about (an API key, a password, a token).
//
// Move-only, wiped when it goes. It cannot be printed, compared, logged or turned into JSON: whoever wants the text
// calls reveal(), a name to search the code for. Programs that must not compile (tests/must_not_compile) hold this
// promise. Not safe for use from several threads at once while one of them moves or destroys it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ownkey {

// Overwrites memory in a way that the compiler may not leave out.
void wipe(void* data, std::size_t size);
void wipe(std::string& text);

class Secret {
 public:
  Secret() = default;
  // Copies the text; the caller's own copy stays the caller's to wipe.
  explicit Secret(std::string_view text);
  // Copies the text and wipes the given string.
  static Secret take(std::string&& text);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  // A second Secret with the same text, for the few places that must hand one on and keep one.
  Secret clone() const { return Secret(reveal()); }

  // The text, valid as long as this Secret lives and is not assigned to.
  std::string_view reveal() const& { return {data_.get(), size_}; }
  std::string_view reveal() const&& = delete;

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

 private:
  void clear();

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
};

}  // namespace ownkey
