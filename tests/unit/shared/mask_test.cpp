#include "shared/mask.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(mask)

BOOST_AUTO_TEST_CASE(a_mask_shows_the_first_three_and_the_last_four_characters) {
  BOOST_TEST(mask_key("sk-proj-0123456789X8d2") == "sk-...X8d2");
  BOOST_TEST(mask_key("123456789012") == "123...9012");
}

BOOST_AUTO_TEST_CASE(a_short_key_shows_nothing) {
  BOOST_TEST(mask_key("12345678901") == "***");
  BOOST_TEST(mask_key("") == "***");
}

BOOST_AUTO_TEST_CASE(characters_of_several_bytes_are_not_cut) { BOOST_TEST(mask_key("äöüäöüäöüäöü") == "äöü...üäöü"); }

BOOST_AUTO_TEST_SUITE_END()
