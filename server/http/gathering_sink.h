// GatheringSink: before the sink of a stream, for texts that come piece by piece. Small pieces leave together and large
// ones as they are, so that neither costs a write for each word nor a second copy of much. One thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace ownkey::http {

class GatheringSink final : public StreamSink {
 public:
  static constexpr std::size_t kMostGathered = std::size_t{64} << 10;

  // Borrows the sink, which must outlive this.
  explicit GatheringSink(StreamSink& sink) : sink_(sink) {}

  // True may also mean that the piece waits: flush() tells what became of it.
  bool write(std::string_view data) override;
  // Sends what waits. What was never flushed is lost.
  bool flush();

 private:
  StreamSink& sink_;
  std::string gathered_;
};

}  // namespace ownkey::http
