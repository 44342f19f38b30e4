#include "server/workflow/run_feed.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <thread>

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

constexpr std::chrono::seconds kPatience{5};

json megabyte() { return {{"text", std::string(1'000'000, 'x')}}; }

// All that somebody gets who comes now.
std::vector<RunFeed::Event> all_of(RunFeed& feed) {
  std::vector<RunFeed::Event> all;
  while (all.empty() || all.back()->id < feed.last_id())
    for (auto& event : feed.after(all.empty() ? 0 : all.back()->id, kPatience, {}).events) all.push_back(event);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_feed)

BOOST_AUTO_TEST_CASE(a_reader_goes_on_after_the_last_event_that_it_had) {
  RunFeed feed;
  for (int i = 1; i <= 5; ++i) feed.publish({"node.delta", {{"n", i}}});
  auto news = feed.after(3, kPatience, {});
  BOOST_REQUIRE(news.events.size() == 2U);
  BOOST_TEST(news.events[0]->id == 4);
  BOOST_TEST(news.events[0]->data == R"({"n":4})");
  BOOST_TEST(!news.is_last);
  feed.publish({"run.finished", json::object()});
  feed.close();
  news = feed.after(5, kPatience, {});
  BOOST_TEST(news.events.size() == 1U);
  BOOST_TEST(news.is_last);
  BOOST_TEST(feed.after(6, kPatience, {}).events.empty());
}

BOOST_AUTO_TEST_CASE(a_reader_waits_for_news_and_no_longer_than_it_likes) {
  RunFeed feed;
  BOOST_TEST(feed.after(0, std::chrono::milliseconds(1), {}).events.empty());
  std::jthread writer([&] { feed.publish({"run.started", json::object()}); });
  BOOST_TEST(feed.after(0, kPatience, {}).events.size() == 1U);
  base::CancelSource reader;
  std::jthread leaving([&] { reader.cancel(); });
  BOOST_TEST(feed.after(1, std::chrono::hours(1), reader.token()).events.empty());
}

BOOST_AUTO_TEST_CASE(every_reader_gets_every_event_in_order) {
  RunFeed feed;
  constexpr int kEvents = 2000;
  std::atomic<int> complete = 0;
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 8; ++i)
      readers.emplace_back([&] {
        std::int64_t last = 0;
        for (bool more = true; more;) {
          const auto news = feed.after(last, kPatience, {});
          for (const auto& event : news.events)
            if (event->id == last + 1) ++last;
          more = !news.is_last;
        }
        if (last == kEvents) ++complete;
      });
    for (int i = 0; i < kEvents; ++i) feed.publish({"node.delta", {{"text", "x"}}});
    feed.close();
  }
  BOOST_TEST(complete == 8);
}

BOOST_AUTO_TEST_CASE(beyond_its_bound_the_oldest_pieces_of_text_go_and_nothing_else) {
  RunFeed feed;
  feed.publish({"node.started", json::object()});
  for (int i = 0; i < 20; ++i) feed.publish({"node.delta", megabyte()});
  BOOST_TEST(feed.bytes() <= kMaxFeedBytes);
  const auto all = all_of(feed);
  BOOST_TEST(all.front()->name == "node.started");
  BOOST_TEST(all.back()->id == 21);
}

// Regression: only pieces of text were bounded, and large outputs of nodes were all kept.
BOOST_AUTO_TEST_CASE(when_that_is_not_enough_other_events_go_and_the_last_one_stays) {
  RunFeed feed;
  for (int i = 0; i < 20; ++i) {
    feed.publish({"node.finished", megabyte()});
    BOOST_TEST(feed.bytes() <= kMaxFeedBytes);
  }
  feed.publish({"run.finished", {{"results", std::string(2 * kMaxFeedBytes, 'x')}}});
  feed.close();
  const auto all = all_of(feed);
  BOOST_REQUIRE(all.size() == 1U);
  BOOST_TEST(all.front()->name == "run.finished");
  BOOST_TEST(all.front()->id == 21);
  BOOST_TEST(feed.bytes() < 2 * kMaxFeedBytes + 1000);
}

BOOST_AUTO_TEST_CASE(the_outputs_of_nodes_outlast_pieces_of_text_that_came_later) {
  RunFeed feed;
  for (int i = 0; i < 6; ++i) feed.publish({"node.finished", megabyte()});
  for (int i = 0; i < 20; ++i) feed.publish({"node.delta", megabyte()});
  const auto all = all_of(feed);
  BOOST_TEST(std::ranges::count(all, "node.finished", [](const auto& event) { return event->name; }) == 6);
  BOOST_TEST(all.back()->id == 26);
}

BOOST_AUTO_TEST_CASE(a_reader_is_given_no_more_at_once_than_they_may_hold) {
  RunFeed feed;
  for (int i = 0; i < 3; ++i) feed.publish({"node.finished", megabyte()});
  feed.close();
  for (int i = 0; i < 3; ++i) {
    const auto news = feed.after(i, kPatience, {});
    BOOST_REQUIRE(news.events.size() == 1U);
    BOOST_TEST(news.events.front()->id == i + 1);
    BOOST_TEST(news.is_last == (i == 2));
  }
}

BOOST_AUTO_TEST_SUITE_END()
