#include "server/http/origin.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace ownkey::http {

BOOST_AUTO_TEST_SUITE(http_origin)

BOOST_AUTO_TEST_CASE(loopback_goes_by_all_its_names) {
  const auto origin = Origin::make("127.0.0.1", {}, false);
  BOOST_TEST(origin->accepts("localhost:1"));
  BOOST_TEST(origin->accepts("[::1]"));
  BOOST_TEST(!origin->accepts("keys.example"));
  BOOST_TEST(!origin->accepts("localhost:"));
  BOOST_TEST(!origin->accepts("localhost:123456"));
  BOOST_TEST(!origin->accepts("[::1"));
}

BOOST_AUTO_TEST_CASE(another_address_goes_by_itself_and_its_public_name) {
  const auto origin = Origin::make("192.0.2.7", "https://Keys.example:8443", false);
  BOOST_TEST(origin->accepts("192.0.2.7:8080"));
  BOOST_TEST(origin->accepts("keys.example:8443"));
  BOOST_TEST(!origin->accepts("localhost"));
  BOOST_TEST(!origin->accepts("sub.keys.example"));
}

BOOST_AUTO_TEST_CASE(our_own_origin_is_the_public_one_or_as_the_browser_typed_it) {
  const auto proxied = Origin::make("127.0.0.1", "https://keys.example", false);
  BOOST_TEST(proxied->seen_by("keys.example") == "https://keys.example");
  BOOST_TEST(proxied->seen_by("localhost:8080") == "http://localhost:8080");
  BOOST_TEST(Origin::make("127.0.0.1", {}, true)->seen_by("localhost:8443") == "https://localhost:8443");
}

BOOST_AUTO_TEST_CASE(a_public_origin_must_be_one) {
  for (const std::string text :
       {"keys.example", "ftp://keys.example", "https://", "https://keys.example/app", "https://a b"})
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!Origin::make("127.0.0.1", text, false)); }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
