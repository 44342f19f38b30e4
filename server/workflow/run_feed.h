// RunFeed: the events of one run, numbered, for whoever watches, now or after a lost connection. Safe from several
// threads.
//
// Keeps what happened up to kMaxFeedBytes, or the newest event alone if that is larger. Beyond that the oldest pieces
// of text go first, because what they add up to comes again with the end of their node; then the oldest other events,
// because the last one (run.finished) holds once more what they told. Who reads on too late for an event misses it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/workflow/graph_executor.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxFeedBytes = std::size_t{8} << 20;
// What a reader is given at once, however much there is: what they hold, the feed cannot let go.
inline constexpr std::size_t kMaxNewsBytes = std::size_t{256} << 10;

struct NumberedEvent {
  std::int64_t id;  // from 1
  std::string name;
  std::string data;  // JSON
};

class RunFeed {
 public:
  using Event = std::shared_ptr<const NumberedEvent>;

  // The feed of a run that ended with this.
  static std::shared_ptr<RunFeed> of_ended(NumberedEvent last);

  Event publish(const RunEvent& event);
  // Nothing follows.
  void close();

  struct News {
    std::vector<Event> events;
    bool is_last = false;  // nothing follows these
  };
  // What comes after that event: one at least, if there is any, and no more than kMaxNewsBytes otherwise. Waits until
  // there is something, the feed is closed, the reader cancels, or the time is over.
  News after(std::int64_t id, std::chrono::milliseconds patience, const base::CancelToken& reader);

  std::int64_t last_id() const;
  std::size_t bytes() const;

 private:
  void make_room();
  template <class May>
  void drop_oldest(const May& may_go);

  mutable std::mutex lock_;
  std::condition_variable_any changed_;
  std::deque<Event> events_;
  std::int64_t last_id_ = 0;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace ownkey::workflow
