// SseReader: server-sent events out of a byte stream, cut anywhere (WHATWG HTML §9.2.6).
//
// Only what providers use: event and data fields, comments skipped, lines ending in LF, CRLF or CR. A line longer than
// the limit is an error, so that a stream without line ends cannot fill the memory. Bytes are passed on as they are: a
// UTF-8 sequence cut in two by the network is whole again in its event. For one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace ownkey::llm {

struct SseEvent {
  std::string name;  // empty when the stream named none
  std::string data;
};

class SseReader {
 public:
  static constexpr std::size_t kMaxLineBytes = std::size_t{1024} * 1024;

  using OnEvent = std::function<Result<void>(const SseEvent& event)>;

  explicit SseReader(OnEvent on_event) : on_event_(std::move(on_event)) {}

  // Hands on each event that these bytes complete. After an error, feed no more.
  Result<void> feed(std::string_view bytes);

 private:
  Result<void> end_line();

  OnEvent on_event_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool after_cr_ = false;
};

}  // namespace ownkey::llm
