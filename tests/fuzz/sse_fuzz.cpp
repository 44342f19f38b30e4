// Providers' streams: the same events however the stream is cut.
#include <string>

#include "server/llm/sse_reader.h"
#include "tests/fuzz/target.h"

namespace {

using namespace ownkey;

constexpr std::size_t kMostPieces = 2000;

std::string events_of(std::string_view text, std::size_t piece) {
  std::string events;
  llm::SseReader reader([&](const llm::SseEvent& event) -> Result<void> {
    events += event.name + "\x1f" + event.data + "\x1e";
    return {};
  });
  while (!text.empty()) {
    if (!reader.feed(text.substr(0, piece))) return events + "error";
    text.remove_prefix(std::min(piece, text.size()));
  }
  return events;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto whole = events_of(text, size);
  if (size <= kMostPieces) fuzz::require(events_of(text, 1) == whole, "events are the same however they are cut");
  return 0;
}
