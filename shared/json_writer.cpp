#include "shared/json_writer.h"

#include <cmath>
#include <string_view>

#include "shared/json_number.h"
#include "shared/utf8.h"

namespace ownkey {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

void write_escape(unsigned char letter, std::string& into) {
  constexpr std::string_view kLetters = "\"\\\b\f\n\r\t";
  constexpr std::string_view kWritten = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  into += '\\';
  if (const auto found = kLetters.find(static_cast<char>(letter)); found != std::string_view::npos) {
    into += kWritten[found];
    return;
  }
  into += "u00";
  into += kHex[letter >> 4];
  into += kHex[letter & 15];
}

template <class Items, class Write>
void write_between(char open, char close, const Items& items, std::string& into, Write write) {
  into += open;
  bool first = true;
  for (const auto& item : items) {
    if (!first) into += ',';
    first = false;
    write(item);
  }
  into += close;
}

}  // namespace

void write_json_text(std::string_view text, std::string& into) {
  into += '"';
  while (!text.empty()) {
    std::size_t size = 0;
    const auto letter = [&] { return static_cast<unsigned char>(text[size]); };
    while (size < text.size() && letter() >= 0x20 && letter() < 0x80 && letter() != '"' && letter() != '\\') ++size;
    into += text.substr(0, size);
    text.remove_prefix(size);
    if (text.empty()) break;
    const auto first = static_cast<unsigned char>(text.front());
    size = 1;
    if (first < 0x80) {
      write_escape(first, into);
    } else if (const std::size_t character = utf8_size(text); character > 0) {
      size = character;
      into += text.substr(0, size);
    } else {
      into += kReplacement;
    }
    text.remove_prefix(size);
  }
  into += '"';
}

void write_json(const json& value, std::string& into) {
  switch (value.type()) {
    case json::value_t::object:
      return write_between('{', '}', value.get_ref<const json::object_t&>(), into, [&](const auto& member) {
        write_json_text(member.first, into);
        into += ':';
        write_json(member.second, into);
      });
    case json::value_t::array:
      return write_between('[', ']', value.get_ref<const json::array_t&>(), into,
                           [&](const json& item) { write_json(item, into); });
    case json::value_t::string: return write_json_text(value.get_ref<const std::string&>(), into);
    case json::value_t::boolean: into += value.get<bool>() ? "true" : "false"; return;
    case json::value_t::number_integer: into += std::to_string(value.get<std::int64_t>()); return;
    case json::value_t::number_unsigned: into += std::to_string(value.get<std::uint64_t>()); return;
    case json::value_t::number_float:
      if (std::isfinite(value.get<double>())) into += text_of_number(value.get<double>());
      else into += "null";  // JSON has no such number
      return;
    default: into += "null";
  }
}

}  // namespace ownkey
