#include "server/http/negotiation.h"

#include <boost/test/unit_test.hpp>

namespace ownkey::http {

BOOST_AUTO_TEST_SUITE(http_negotiation)

BOOST_AUTO_TEST_CASE(a_coding_counts_unless_its_weight_is_zero) {
  BOOST_TEST(accepts_coding("gzip, deflate, br", "br"));
  BOOST_TEST(accepts_coding("GZIP;q=0.5", "gzip"));
  BOOST_TEST(!accepts_coding("br;q=0, gzip", "br"));
  BOOST_TEST(!accepts_coding("br; q=0.000", "br"));
  BOOST_TEST(!accepts_coding("*", "br"));
  BOOST_TEST(!accepts_coding("brx", "br"));
  BOOST_TEST(!accepts_coding({}, "br"));
}

BOOST_AUTO_TEST_CASE(html_must_be_asked_for_by_name) {
  BOOST_TEST(accepts_html("text/html,application/xhtml+xml,*/*;q=0.8"));
  BOOST_TEST(!accepts_html("text/html;q=0"));
  BOOST_TEST(!accepts_html("*/*"));
  BOOST_TEST(!accepts_html("application/json"));
  BOOST_TEST(!accepts_html({}));
}

BOOST_AUTO_TEST_CASE(a_tag_is_found_in_a_list_weak_or_not) {
  BOOST_TEST(has_current(R"("a", W/"b")", R"("b")"));
  BOOST_TEST(has_current("*", R"("b")"));
  BOOST_TEST(!has_current(R"("ab")", R"("b")"));
  BOOST_TEST(!has_current({}, R"("b")"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
