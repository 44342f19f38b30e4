#include "server/workflow/run_feed.h"

#include <boost/test/unit_test.hpp>

#include <thread>

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

constexpr std::chrono::seconds kPatience{5};

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
  for (int i = 0; i < 20; ++i) feed.publish({"node.delta", {{"text", std::string(1'000'000, 'x')}}});
  BOOST_TEST(feed.bytes() <= kMaxFeedBytes);
  const auto news = feed.after(0, kPatience, {});
  BOOST_TEST(news.events.front()->name == "node.started");
  BOOST_TEST(news.events.back()->id == 21);
}

BOOST_AUTO_TEST_SUITE_END()
