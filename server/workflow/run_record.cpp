#include "server/workflow/run_record.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/workflow/node_attempts.h"
#include "shared/json_text.h"
#include "shared/text.h"
#include "shared/utf8.h"

namespace ownkey::workflow {
namespace {

constexpr std::array<std::string_view, 3> kKeyBeginnings{"sk-", "AIza", "AQ."};
constexpr std::size_t kShortestKey = 16;  // after its beginning
constexpr std::size_t kLongestCutText = 500;

bool is_key_character(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }

// How long the key is that begins here; 0 when there is none.
std::size_t key_at(std::string_view text) {
  for (const auto beginning : kKeyBeginnings) {
    if (!text.starts_with(beginning)) continue;
    const auto* end = std::find_if_not(text.begin() + beginning.size(), text.end(), is_key_character);
    const auto size = static_cast<std::size_t>(end - text.begin());
    const bool has_digit = std::any_of(text.begin(), end, is_digit);
    if (size >= beginning.size() + kShortestKey && has_digit) return size;
  }
  return 0;
}

// Of JSON texts too: no character of a key is escaped there.
bool holds_key(std::string_view text) {
  for (const auto beginning : kKeyBeginnings)
    for (auto at = text.find(beginning); at != text.npos; at = text.find(beginning, at + 1))
      if (key_at(text.substr(at)) > 0) return true;
  return false;
}

void hide_keys(json& value) {
  if (value.is_string())
    if (const auto& text = value.get_ref<const std::string&>(); holds_key(text)) value = without_keys(text);
  if (value.is_structured())
    for (auto& member : value) hide_keys(member);
  if (!value.is_object()) return;
  json clean = json::object();
  for (auto& [name, member] : value.items()) clean[holds_key(name) ? without_keys(name) : name] = std::move(member);
  value = std::move(clean);
}

void cut_texts(json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() > kLongestCutText) value = std::string(utf8_prefix(text, kLongestCutText)) + " …";
  }
  if (value.is_structured())
    for (auto& member : value) cut_texts(member);
}

// What is left when even short texts are too many.
json outline(const json& logs) {
  json outline = json::array();
  for (const auto& entry : logs) {
    outline.push_back(entry);
    for (const auto* part : {"output", "steps"}) outline.back().erase(part);
  }
  return outline;
}

}  // namespace

std::string without_keys(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const bool begins_word = i == 0 || !is_key_character(text[i - 1]);
    if (const auto size = begins_word ? key_at(std::string_view(text).substr(i)) : 0) {
      result += "[key]";
      i += size;
    } else {
      result += text[i++];
    }
  }
  return result;
}

// Most records are small and hold nothing to hide: those are written at once.
std::string make_record(const api::RunResult& result) {
  std::string plain = R"({"results":)";
  write_json(result.results, plain);
  plain += R"(,"logs":)" + json_text(result.logs) + '}';
  if (plain.size() <= kMaxRecordBytes && !holds_key(plain)) return plain;
  json record{{"results", result.results}, {"logs", to_json(result.logs)}};
  hide_keys(record);
  auto text = dump_json(record);
  if (text.size() <= kMaxRecordBytes) return text;
  record["cut"] = true;
  cut_texts(record);
  text = dump_json(record);
  if (text.size() <= kMaxRecordBytes) return text;
  return dump_json({{"results", json::object()}, {"logs", outline(record["logs"])}, {"cut", true}});
}

std::optional<api::Usage> total_usage(const std::vector<api::LogEntry>& logs) {
  std::optional<api::Usage> total;
  for (const auto& entry : logs) add_usage(total, entry.usage);
  return total;
}

std::optional<api::NodeError> first_error(const std::vector<api::LogEntry>& logs) {
  const auto failed = std::ranges::find_if(logs, [](const auto& entry) { return entry.error.has_value(); });
  return failed == logs.end() ? std::nullopt : failed->error;
}

}  // namespace ownkey::workflow
