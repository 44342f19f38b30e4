#include "web/platform/mirror_text.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey::platform;

BOOST_AUTO_TEST_SUITE(mirror_text_format)

BOOST_AUTO_TEST_CASE(a_node_becomes_one_record_with_fifteen_fields) {
  const MirrorNode node{.tag = "a",
                        .id = 7,
                        .parent = 3,
                        .rect = {1.5f, 2, 30, 40},
                        .font = {14, 600, true},
                        .line_height = 20,
                        .inset_x = 12,
                        .inset_y = 0.25f,
                        .text = "Account",
                        .attributes = {{"href", "/settings"}}};
  BOOST_TEST(mirror_text({node}) ==
             "a\x1f"
             "7\x1f"
             "3\x1f"
             "1.500000\x1f"
             "2\x1f"
             "30\x1f"
             "40\x1f"
             "14\x1f"
             "600\x1f"
             "1\x1f"
             "20\x1f"
             "12\x1f"
             "0.250000\x1f"
             "Account\x1f"
             "href\x1d/settings\x1c\x1e");
}

BOOST_AUTO_TEST_CASE(numbers_between_zero_and_minus_one_keep_their_sign) {
  const std::string text = mirror_text({{.tag = "p", .id = 1, .rect = {-0.5f, -2.5f, 1, 1}}});
  BOOST_TEST(text.find("\x1f-0.500000\x1f-2.500000\x1f") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(marks_inside_a_text_cannot_start_a_new_record) {
  const std::string text = mirror_text({{.tag = "p",
                                         .id = 1,
                                         .text = "a\x1e"
                                                 "b\x1f"
                                                 "c",
                                         .attributes = {{"title",
                                                         "d\x1c"
                                                         "e"}}}});
  BOOST_TEST(std::count(text.begin(), text.end(), mark::kRecordEnd) == 1);
  BOOST_TEST(text.find("a b c") != std::string::npos);
  BOOST_TEST(text.find("d e") != std::string::npos);
}

// Regression: the browser's side read no further, and everything after this text was gone from the page.
BOOST_AUTO_TEST_CASE(a_zero_byte_does_not_end_the_records) {
  const std::string text = mirror_text({{.tag = "p", .id = 1, .text = std::string("a\0b", 3)}});
  BOOST_TEST(text.find('\0') == std::string::npos);
  BOOST_TEST(text.find("a b") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_attribute_is_found_by_its_whole_name) {
  const Attributes attributes{{"aria-labelledby", "n1"}, {"aria-label", "Show key"}, {"hidden", ""}};
  BOOST_TEST(*attributes.find("aria-label") == "Show key");
  BOOST_TEST(*attributes.find("hidden") == "");
  BOOST_TEST(!attributes.find("label"));
}

BOOST_AUTO_TEST_SUITE_END()
