#include "server/workflow/run_feed.h"

#include <algorithm>
#include <utility>

namespace ownkey::workflow {
namespace {

constexpr std::string_view kPieceOfText = "node.delta";
constexpr std::size_t kOfAnyEvent = 96;  // what an event takes beside its text

std::size_t size_of(const NumberedEvent& event) { return kOfAnyEvent + event.name.size() + event.data.size(); }

}  // namespace

std::shared_ptr<RunFeed> RunFeed::of_ended(NumberedEvent last) {
  auto feed = std::make_shared<RunFeed>();
  feed->last_id_ = last.id;
  feed->events_.push_back(std::make_shared<const NumberedEvent>(std::move(last)));
  feed->closed_ = true;
  return feed;
}

RunFeed::Event RunFeed::publish(const RunEvent& event) {
  auto data = dump_json(event.data);
  const std::scoped_lock lock(lock_);
  auto numbered =
      std::make_shared<const NumberedEvent>(NumberedEvent{++last_id_, std::string(event.name), std::move(data)});
  events_.push_back(numbered);
  bytes_ += size_of(*numbered);
  if (bytes_ > kMaxFeedBytes) make_room();
  changed_.notify_all();
  return numbered;
}

void RunFeed::close() {
  const std::scoped_lock lock(lock_);
  closed_ = true;
  changed_.notify_all();
}

RunFeed::News RunFeed::after(std::int64_t id, std::chrono::milliseconds patience, const base::CancelToken& reader) {
  const auto wake = reader.on_cancel([this] {
    const std::scoped_lock lock(lock_);
    changed_.notify_all();
  });
  std::unique_lock lock(lock_);
  changed_.wait_for(lock, patience, [&] { return last_id_ > id || closed_ || reader.cancelled(); });
  auto next = std::ranges::upper_bound(events_, id, {}, [](const Event& event) { return event->id; });
  News news;
  for (std::size_t bytes = 0; next != events_.end(); ++next) {
    bytes += size_of(**next);
    if (bytes > kMaxNewsBytes && !news.events.empty()) break;
    news.events.push_back(*next);
  }
  news.is_last = closed_ && next == events_.end();
  return news;
}

std::int64_t RunFeed::last_id() const {
  const std::scoped_lock lock(lock_);
  return last_id_;
}

std::size_t RunFeed::bytes() const {
  const std::scoped_lock lock(lock_);
  return bytes_;
}

void RunFeed::make_room() {
  drop_oldest([](const NumberedEvent& event) { return event.name == kPieceOfText; });
  if (bytes_ > kMaxFeedBytes) drop_oldest([](const NumberedEvent&) { return true; });
}

// Half of all goes, so that this is rare; the newest event stays.
template <class May>
void RunFeed::drop_oldest(const May& may_go) {
  std::erase_if(events_, [&](const Event& event) {
    if (bytes_ <= kMaxFeedBytes / 2 || event->id == last_id_ || !may_go(*event)) return false;
    bytes_ -= size_of(*event);
    return true;
  });
}

}  // namespace ownkey::workflow
