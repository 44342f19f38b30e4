#include "server/base/ip_address.h"

#include <boost/test/unit_test.hpp>

namespace ownkey::base {

BOOST_AUTO_TEST_SUITE(ip_address)

BOOST_AUTO_TEST_CASE(both_spellings_of_an_ipv4_address_are_one) {
  BOOST_TEST((parse_ip("::ffff:10.0.0.1") == parse_ip("10.0.0.1")));
  BOOST_TEST(to_text(*parse_ip("::ffff:10.0.0.1")) == "10.0.0.1");
  BOOST_TEST(to_text(*parse_ip("2001:DB8::1")) == "2001:db8::1");
  for (const auto text : {"", "10.0.0", "10.0.0.256", "localhost", "1.2.3.4:80"}) BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!parse_ip(text).has_value());
    }
}

BOOST_AUTO_TEST_CASE(neighbours_in_one_ipv6_network_count_as_one_subscriber) {
  BOOST_TEST((subscriber_of(*parse_ip("2001:db8:1:2::1")) == subscriber_of(*parse_ip("2001:db8:1:2:f::9"))));
  BOOST_TEST((subscriber_of(*parse_ip("2001:db8:1:2::1")) != subscriber_of(*parse_ip("2001:db8:1:3::1"))));
  BOOST_TEST((subscriber_of(*parse_ip("192.0.2.1")) != subscriber_of(*parse_ip("192.0.2.2"))));
}

BOOST_AUTO_TEST_CASE(a_subscriber_has_a_text_and_what_is_no_address_stands_for_itself) {
  BOOST_TEST(subscriber_of("2001:db8:1:2:f::9") == "2001:db8:1:2::");
  BOOST_TEST(subscriber_of("192.0.2.1") == "192.0.2.1");
  BOOST_TEST(subscriber_of("::ffff:192.0.2.1") == "192.0.2.1");
  BOOST_TEST(subscriber_of("command line") == "command line");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::base
