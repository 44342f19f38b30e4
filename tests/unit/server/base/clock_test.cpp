#include "server/base/clock.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey::base;

BOOST_AUTO_TEST_SUITE(clock_text)

BOOST_AUTO_TEST_CASE(a_time_is_written_as_rfc_3339_in_utc) {
  BOOST_TEST(rfc3339(from_millis(0)) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(rfc3339(from_millis(1'709'209'845'042)) == "2024-02-29T12:30:45.042Z");
}

BOOST_AUTO_TEST_SUITE_END()
