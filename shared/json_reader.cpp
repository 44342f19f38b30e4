#include "shared/json_reader.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "shared/json_number.h"
#include "shared/utf8.h"

namespace ownkey {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

template <class T>
bool read_whole(std::string_view digits, json& into) {
  T value = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) return false;
  into = value;
  return true;
}

}  // namespace

Result<json> JsonReader::read() {
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
  json value;
  if (read_value(value)) {
    skip_blanks();
    if (at_end() || broken()) return value;
  }
  return std::move(*error_);
}

bool JsonReader::read_value(json& into) {
  skip_blanks();
  switch (next()) {
    case '{': return read_object(into);
    case '[': return read_list(into);
    case '"': into = std::string(); return count() && read_string(into.get_ref<std::string&>());
    case 't': return read_word("true", true, into);
    case 'f': return read_word("false", false, into);
    case 'n': return read_word("null", nullptr, into);
    default: return count() && read_number(into);
  }
}

bool JsonReader::read_object(json& into) {
  into = json::object();
  auto& members = into.get_ref<json::object_t&>();
  if (!enter()) return false;
  skip_blanks();
  if (take('}')) return --depth_, true;
  do {
    std::string name;
    skip_blanks();
    if (next() != '"') return broken();
    if (!read_string(name)) return false;
    const auto place = members.try_emplace(name);
    if (!place.second) {
      error_ = invalid(name, "the field '" + name + "' is given twice; send it once");
      return false;
    }
    skip_blanks();
    if (!take(':')) return broken();
    if (!read_value(place.first->second)) return false;
    skip_blanks();
  } while (take(','));
  --depth_;
  return take('}') || broken();
}

bool JsonReader::read_list(json& into) {
  into = json::array();
  auto& items = into.get_ref<json::array_t&>();
  if (!enter()) return false;
  skip_blanks();
  if (take(']')) return --depth_, true;
  do {
    if (!read_value(items.emplace_back())) return false;
    skip_blanks();
  } while (take(','));
  --depth_;
  return take(']') || broken();
}

bool JsonReader::read_number(json& into) {
  const std::size_t begin = at_;
  const bool negative = take('-');
  bool whole = true;
  if (!take('0') && !take_digits()) return broken();
  if (take('.')) {
    whole = false;
    if (!take_digits()) return broken();
  }
  if (take('e') || take('E')) {
    whole = false;
    if (!take('+')) take('-');
    if (!take_digits()) return broken();
  }
  const std::string_view digits = text_.substr(begin, at_ - begin);
  if (whole && (negative ? read_whole<std::int64_t>(digits, into) : read_whole<std::uint64_t>(digits, into)))
    return true;
  const double value = number_of(digits);
  into = value;
  return std::isfinite(value) || broken();
}

bool JsonReader::read_string(std::string& into) {
  ++at_;
  for (;;) {
    const std::size_t begin = at_;
    while (next() >= 0x20 && next() < 0x80 && next() != '"' && next() != '\\') ++at_;
    into.append(text_.substr(begin, at_ - begin));
    if (take('"')) return true;
    if (take('\\')) {
      if (!read_escape(into)) return false;
    } else if (!read_beyond_ascii(into)) {
      return false;
    }
  }
}

bool JsonReader::read_escape(std::string& into) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  if (!take('u')) {
    const auto letter = at_end() ? std::string_view::npos : kLetters.find(text_[at_]);
    if (letter == std::string_view::npos) return broken();
    ++at_;
    into += kMeant[letter];
    return true;
  }
  std::uint32_t code = 0;
  if (!read_code_unit(code)) return false;
  if (code >= 0xDC00 && code < 0xE000) return broken();
  if (code >= 0xD800 && code < 0xDC00) {  // the first half of a pair
    std::uint32_t second = 0;
    if (!take('\\') || !take('u')) return broken();
    if (!read_code_unit(second)) return false;
    if (second < 0xDC00 || second >= 0xE000) return broken();
    code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
  }
  append_utf8(code, into);
  return true;
}

bool JsonReader::read_code_unit(std::uint32_t& unit) {
  const std::string_view digits = text_.substr(at_, 4);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (digits.size() < 4 || read.ptr != digits.data() + 4) return broken();
  at_ += 4;
  return true;
}

bool JsonReader::read_beyond_ascii(std::string& into) {
  if (next() < 0x80) return broken();  // the end, or a control character
  const std::size_t size = utf8_size(text_.substr(at_));
  if (size == 0) return broken();
  into.append(text_.substr(at_, size));
  at_ += size;
  return true;
}

bool JsonReader::read_word(std::string_view word, json value, json& into) {
  if (text_.substr(at_, word.size()) != word) return broken();
  at_ += word.size();
  into = std::move(value);
  return count();
}

bool JsonReader::enter() {
  ++at_;
  if (++depth_ <= kMaxJsonDepth) return count();
  error_ = invalid("", "the JSON is nested more than " + std::to_string(kMaxJsonDepth) + " levels deep");
  return false;
}

bool JsonReader::count() {
  if (++values_ <= max_values_) return true;
  error_ = invalid("", "the JSON has more than " + std::to_string(max_values_) + " values in it; send less at once");
  return false;
}

bool JsonReader::broken() {
  error_ = invalid("", "the body is not valid JSON: it breaks off at byte " + std::to_string(at_ + 1));
  return false;
}

void JsonReader::skip_blanks() {
  while (next() == ' ' || next() == '\t' || next() == '\n' || next() == '\r') ++at_;
}

bool JsonReader::take(char wanted) {
  if (at_end() || text_[at_] != wanted) return false;
  ++at_;
  return true;
}

bool JsonReader::take_digits() {
  const std::size_t begin = at_;
  while (next() >= '0' && next() <= '9') ++at_;
  return at_ > begin;
}

}  // namespace ownkey
