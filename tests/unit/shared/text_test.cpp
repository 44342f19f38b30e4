#include "shared/text.h"

#include <boost/test/unit_test.hpp>

namespace ownkey {

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(names_are_compared_without_case) {
  BOOST_TEST(same_name("Content-Type", "content-TYPE"));
  BOOST_TEST(!same_name("Content-Type", "Content-Typ"));
  BOOST_TEST(!same_name("Content-Type", "Content-Type2"));
}

BOOST_AUTO_TEST_CASE(letters_other_than_ascii_stay_as_they_are) {
  BOOST_TEST(lowered("ABC-Z9 \u00C4") == "abc-z9 \u00C4");
  BOOST_TEST(!is_letter('\xC4'));
}

BOOST_AUTO_TEST_CASE(hexadecimal_digits_have_values_in_both_cases) {
  BOOST_TEST(hex_value('7') == 7);
  BOOST_TEST(hex_value('a') == 10);
  BOOST_TEST(hex_value('F') == 15);
  for (const char c : {'g', 'G', '/', ':', '@', '`', ' '}) BOOST_TEST(hex_value(c) == -1);
}

BOOST_AUTO_TEST_CASE(encoding_leaves_unreserved_characters_and_those_asked_for) {
  BOOST_TEST(percent_encoded("a-Z_9.~") == "a-Z_9.~");
  BOOST_TEST(percent_encoded("a/b? \u00C4") == "a%2Fb%3F%20%C3%84");
  BOOST_TEST(percent_encoded("/a?b", "/") == "/a%3Fb");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey
