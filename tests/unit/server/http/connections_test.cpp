#include "server/http/connections.h"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace ownkey::http {
namespace {

using Entry = Connections::Entry;

const IpAddress kHome = *parse_ip("203.0.113.1");
const IpAddress kOther = *parse_ip("203.0.113.2");
const IpAddress kProxy = *parse_ip("10.0.0.1");

struct House {
  Connections connections{256, [](const IpAddress& address) { return address == kProxy; }};
  std::vector<char> ids = std::vector<char>(1024);
  std::size_t next = 0;

  Entry enter(const IpAddress& address) {
    return connections.enter(&ids[next++], address, {.cancel = [] {}, .shut = [] {}});
  }
  void enter(const IpAddress& address, int times) {
    for (int i = 0; i < times; ++i) BOOST_REQUIRE((enter(address) == Entry::Welcome));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_connections, House)

BOOST_AUTO_TEST_CASE(one_address_gets_a_quarter) {
  enter(kHome, 64);
  BOOST_TEST((enter(kHome) == Entry::Refuse));
  BOOST_TEST((enter(kOther) == Entry::Welcome));
  connections.leave(&ids[0]);
  BOOST_TEST((enter(kHome) == Entry::Welcome));
}

BOOST_AUTO_TEST_CASE(a_proxy_may_bring_everyone) {
  enter(kProxy, 256);
  BOOST_TEST((enter(kProxy) == Entry::Refuse));
  BOOST_TEST((enter(kHome) == Entry::Refuse));
}

BOOST_AUTO_TEST_CASE(too_many_refusals_are_dropped_and_take_no_place_from_others) {
  enter(kHome, 64);
  for (int i = 0; i < 256; ++i) BOOST_REQUIRE((enter(kHome) == Entry::Refuse));
  BOOST_TEST((enter(kHome) == Entry::Drop));
  enter(kOther, 64);
}

BOOST_AUTO_TEST_CASE(streams_get_three_quarters) {
  for (int i = 0; i < 192; ++i) BOOST_REQUIRE(connections.begin_stream());
  BOOST_TEST(!connections.begin_stream());
  connections.end_stream();
  BOOST_TEST(connections.begin_stream());
}

// Regression: sockets were shut in the moment of cancelling, so that no last event went out.
BOOST_AUTO_TEST_CASE(cancelling_and_shutting_each_reach_everyone_who_is_there) {
  int cancelled = 0;
  int shut = 0;
  for (int i = 0; i < 3; ++i)
    connections.enter(&ids[next++], kHome, {.cancel = [&] { ++cancelled; }, .shut = [&] { ++shut; }});
  connections.leave(&ids[0]);
  connections.cancel_all();
  BOOST_TEST(cancelled == 2);
  BOOST_TEST(shut == 0);
  connections.wait_until_empty_or_cancelled(std::chrono::hours(1));
  connections.shut_all();
  BOOST_TEST(shut == 2);
  BOOST_TEST(!connections.wait_until_empty(std::chrono::milliseconds(1)));
  connections.leave(&ids[1]);
  connections.leave(&ids[2]);
  BOOST_TEST(connections.wait_until_empty(std::chrono::milliseconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
