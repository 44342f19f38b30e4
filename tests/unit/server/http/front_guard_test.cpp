#include "server/http/front_guard.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace ownkey::http {
namespace {

using namespace std::chrono_literals;

constexpr FrontGuard::Limits kLimits{.idle = 75s, .head = 10s, .body = 10s};
const Moment kStart = std::chrono::steady_clock::now();
const std::string kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

template <class T, class Step>
bool is(const Step& step) {
  return std::holds_alternative<T>(step);
}

// Status of a refusal, 0 for anything else.
template <class Step>
int refused(const Step& step) {
  const auto* refusal = std::get_if<Refusal>(&step);
  return refusal ? refusal->status : 0;
}

struct Guard {
  FrontGuard guard{kLimits, kStart};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_front_guard, Guard)

BOOST_AUTO_TEST_CASE(a_head_is_found_however_it_is_cut) {
  for (std::size_t cut = 1; cut < kGet.size(); ++cut) {
    FrontGuard other(kLimits, kStart);
    other.feed(kGet.substr(0, cut), kStart);
    BOOST_TEST_CONTEXT(cut) {
      BOOST_TEST(is<FrontGuard::Waiting>(other.next_head(kStart)));
      other.feed(kGet.substr(cut), kStart);
      BOOST_TEST(is<RequestHead>(other.next_head(kStart)));
      BOOST_TEST(other.is_empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_follows_a_head_is_kept_for_the_next) {
  guard.feed(kGet + kGet, kStart);
  BOOST_TEST(is<RequestHead>(guard.next_head(kStart)));
  BOOST_TEST(!guard.is_empty());
  BOOST_TEST(is<RequestHead>(guard.next_head(kStart)));
  BOOST_TEST(guard.is_empty());
}

BOOST_AUTO_TEST_CASE(a_body_is_taken_from_before_and_after_its_head_was_judged) {
  guard.feed("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc", kStart);
  BOOST_TEST(is<RequestHead>(guard.next_head(kStart)));
  guard.expect_body(6, kStart);
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_body(kStart)));
  guard.feed("def" + kGet, kStart);
  BOOST_TEST(std::get<std::string>(guard.next_body(kStart)) == "abcdef");
  BOOST_TEST(is<RequestHead>(guard.next_head(kStart)));
}

BOOST_AUTO_TEST_CASE(an_idle_connection_ends_quietly_and_a_slow_head_with_a_408) {
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_head(kStart + 74s)));
  BOOST_TEST(is<FrontGuard::Idle>(guard.next_head(kStart + 75s)));
  guard.feed("G", kStart + 74s);
  guard.feed("E", kStart + 83s);
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_head(kStart + 83s)));
  BOOST_TEST(refused(guard.next_head(kStart + 84s)) == 408);
}

BOOST_AUTO_TEST_CASE(idle_time_counts_from_the_last_request) {
  guard.feed(kGet, kStart + 70s);
  BOOST_TEST(is<RequestHead>(guard.next_head(kStart + 70s)));
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_head(kStart + 144s)));
  BOOST_TEST(is<FrontGuard::Idle>(guard.next_head(kStart + 145s)));
}

BOOST_AUTO_TEST_CASE(a_body_must_keep_up_one_kibibyte_a_second) {
  guard.expect_body(1 << 20, kStart);
  guard.feed(std::string(2048, 'x'), kStart + 9s);
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_body(kStart + 11s)));
  guard.feed("x", kStart + 11s);
  BOOST_TEST(refused(guard.next_body(kStart + 12s)) == 408);
}

BOOST_AUTO_TEST_CASE(a_body_that_came_fast_may_still_not_stop) {
  guard.expect_body(1 << 20, kStart);
  guard.feed(std::string(1 << 19, 'x'), kStart + 1s);
  BOOST_TEST(is<FrontGuard::Waiting>(guard.next_body(kStart + 10s)));
  BOOST_TEST(refused(guard.next_body(kStart + 11s)) == 408);
}

BOOST_AUTO_TEST_CASE(a_bare_line_feed_is_not_waited_on) {
  guard.feed("GET /a HTTP/1.1\n", kStart);
  BOOST_TEST(refused(guard.next_head(kStart)) == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
