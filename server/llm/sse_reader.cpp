#include "server/llm/sse_reader.h"

#include <utility>

namespace ownkey::llm {
namespace {

Error too_long() {
  return {ErrorKind::ProviderError, "the provider sent a line without an end; try again", "SSE line over the limit"};
}

}  // namespace

Result<void> SseReader::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    // The LF of a CRLF that was cut in two ends no second line.
    if (after_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    after_cr_ = false;
    const auto end = bytes.find_first_of("\r\n");
    const auto piece = bytes.substr(0, end);
    if (line_.size() + piece.size() + event_.data.size() > kMaxLineBytes) return too_long();
    line_ += piece;
    if (end == std::string_view::npos) return {};
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (auto done = end_line(); !done) return done;
  }
  return {};
}

Result<void> SseReader::end_line() {
  const std::string line = std::exchange(line_, {});
  if (line.empty()) {
    const SseEvent event = std::exchange(event_, {});
    return std::exchange(has_data_, false) ? on_event_(event) : Result<void>();
  }
  const std::string_view text = line;
  const auto colon = text.find(':');
  const auto field = text.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") event_.name = value;
  if (field == "data") {
    if (std::exchange(has_data_, true)) event_.data += '\n';
    event_.data += value;
  }
  return {};
}

}  // namespace ownkey::llm
