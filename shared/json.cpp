#include "shared/json.h"

#include <algorithm>
#include <set>
#include <vector>

namespace ownkey {
namespace {

// Walks the text once without building anything, to refuse what the parser itself would let through.
class ShapeCheck final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(number_integer_t) override { return count(); }
  bool number_unsigned(number_unsigned_t) override { return count(); }
  bool number_float(number_float_t, const string_t&) override { return count(); }
  bool string(string_t&) override { return count(); }
  bool binary(binary_t&) override { return count(); }

  bool start_object(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    error = invalid(name, "the field '" + name + "' is given twice; send it once");
    return false;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error = invalid("", "the body is not valid JSON: it breaks off at byte " + std::to_string(position));
    return false;
  }

  Error error;

 private:
  bool enter() {
    keys_.emplace_back();
    if (keys_.size() <= kMaxJsonDepth) return count();
    error = invalid("", "the JSON is nested more than " + std::to_string(kMaxJsonDepth) + " levels deep");
    return false;
  }
  bool count() {
    if (++values_ <= kMaxJsonValues) return true;
    error =
        invalid("", "the JSON has more than " + std::to_string(kMaxJsonValues) + " values in it; send less at once");
    return false;
  }
  bool leave() {
    keys_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> keys_;
  std::size_t values_ = 0;
};

}  // namespace

Result<json> parse_json(std::string_view text) {
  ShapeCheck check;
  if (!json::sax_parse(text, &check)) return std::move(check.error);
  return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string dump_json(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

void append_json_text(std::string& out, std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) out.append(1, '"').append(text).append(1, '"');
  else out += dump_json(std::string(text));
}

}  // namespace ownkey
