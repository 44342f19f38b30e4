// Reads a provider's stream from its bytes, as a call does, whole or cut somewhere.
#pragma once

#include <string>
#include <string_view>

#include "server/llm/provider_client.h"

namespace ownkey::test {

struct StreamRead {
  Result<llm::ChatAnswer> answer;
  std::string shown;  // all deltas together
};

inline StreamRead read_stream(const llm::ProviderClient& client, std::string_view bytes, std::size_t cut = 0) {
  std::string shown;
  const auto stream = client.read_stream([&](std::string_view text) { shown += text; });
  llm::SseReader reader([&](const llm::SseEvent& event) { return stream->take(event); });
  auto fed = reader.feed(bytes.substr(0, cut));
  if (fed) fed = reader.feed(bytes.substr(cut));
  if (!fed) return {std::move(fed.error()), shown};
  return {stream->finish(), shown};
}

}  // namespace ownkey::test
