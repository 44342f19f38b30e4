#include "server/http/address.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace ownkey::http {
namespace {

bool trusts(const std::vector<std::string>& networks, std::string_view address) {
  return TrustedProxies::parse(networks)->contains(*parse_ip(address));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_address)

BOOST_AUTO_TEST_CASE(loopback_and_unspecified_are_known_in_both_families) {
  for (const auto text : {"127.0.0.1", "127.9.9.9", "::1"}) BOOST_TEST(is_loopback(*parse_ip(text)));
  for (const auto text : {"0.0.0.0", "::"}) BOOST_TEST(is_unspecified(*parse_ip(text)));
  BOOST_TEST(!is_loopback(*parse_ip("128.0.0.1")));
  BOOST_TEST(!is_unspecified(*parse_ip("0.0.0.1")));
}

BOOST_AUTO_TEST_CASE(networks_are_compared_by_their_prefix) {
  BOOST_TEST(trusts({"10.0.0.0/9"}, "10.127.255.255"));
  BOOST_TEST(!trusts({"10.0.0.0/9"}, "10.128.0.0"));
  BOOST_TEST(trusts({"fd00::/8"}, "fd12::1"));
  BOOST_TEST(!trusts({"fd00::/8"}, "fe80::1"));
  BOOST_TEST(trusts({"192.0.2.7"}, "192.0.2.7"));
  BOOST_TEST(!trusts({"192.0.2.7"}, "192.0.2.8"));
  BOOST_TEST(!trusts({}, "127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(what_is_no_network_is_named) {
  for (const std::string text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "fd00::/129", "proxy.example"}) {
    const auto proxies = TrustedProxies::parse({text});
    BOOST_REQUIRE(!proxies);
    BOOST_TEST(proxies.error().public_text.find(text) != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
