#include "shared/utf8.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(the_beginning_of_a_text_ends_between_two_characters) {
  BOOST_TEST(utf8_prefix("short", 10) == "short");
  BOOST_TEST(utf8_prefix("longer", 4) == "long");
  BOOST_TEST(utf8_prefix("ää", 3) == "ä");
  BOOST_TEST(utf8_prefix("a€", 3) == "a");
  BOOST_TEST(utf8_prefix("a€", 4) == "a€");
  BOOST_TEST(utf8_prefix("€", 2) == "");
}

BOOST_AUTO_TEST_SUITE_END()
