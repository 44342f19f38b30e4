// The reader behind parse_json: one pass over the text, nothing of the standard left out (RFC 8259), and refusing what
// it leaves open, as json.h says. Our own, because the page carries it: nlohmann's costs six times as much there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/json.h"

namespace ownkey {

class JsonReader {
 public:
  // The text is borrowed.
  JsonReader(std::string_view text, std::size_t max_values) : text_(text), max_values_(max_values) {}

  Result<json> read();

 private:
  bool read_value(json& into);
  bool read_object(json& into);
  bool read_list(json& into);
  bool read_number(json& into);
  bool read_string(std::string& into);
  bool read_escape(std::string& into);
  bool read_code_unit(std::uint32_t& unit);
  bool read_beyond_ascii(std::string& into);
  bool read_word(std::string_view word, json value, json& into);

  bool enter();
  bool count();
  bool broken();

  void skip_blanks();
  bool take(char wanted);
  bool take_digits();
  bool at_end() const { return at_ == text_.size(); }
  unsigned char next() const { return at_end() ? 0 : static_cast<unsigned char>(text_[at_]); }

  std::string_view text_;
  std::size_t max_values_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t values_ = 0;
  std::optional<Error> error_;
};

}  // namespace ownkey
