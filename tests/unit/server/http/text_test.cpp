#include "server/http/text.h"

#include <boost/test/unit_test.hpp>

namespace ownkey::http {

BOOST_AUTO_TEST_SUITE(http_text)

BOOST_AUTO_TEST_CASE(trimming_leaves_spaces_inside) {
  BOOST_TEST(trimmed(" \ta b\t ") == "a b");
  BOOST_TEST(trimmed(" \t ") == "");
}

BOOST_AUTO_TEST_CASE(splitting_keeps_empty_parts) {
  BOOST_TEST(split("a,,b,", ',').size() == 4U);
  BOOST_TEST(split("", ',').size() == 1U);
}

BOOST_AUTO_TEST_CASE(percent_decoding_reads_escapes_in_both_cases) {
  BOOST_TEST(percent_decoded("a%2Fb%2fc").value() == "a/b/c");
  BOOST_TEST(percent_decoded("a+b").value() == "a+b");
  BOOST_TEST(percent_decoded("a+b", Plus::IsSpace).value() == "a b");
}

BOOST_AUTO_TEST_CASE(broken_escapes_and_hidden_control_characters_are_nothing) {
  for (const auto text : {"%", "%2", "%zz", "a%0d", "%00", "%7f"}) BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!percent_decoded(text).has_value());
    }
}

BOOST_AUTO_TEST_CASE(encoding_and_decoding_give_the_text_back) {
  const std::string text = "/settings?a=b&c=\xC3\xA4 %";
  BOOST_TEST(percent_decoded(percent_encoded(text)).value() == text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
