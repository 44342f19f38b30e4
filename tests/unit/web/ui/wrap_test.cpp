#include "web/ui/wrap.h"

#include <boost/test/unit_test.hpp>

using ownkey::ui::first_lines;
using ownkey::ui::wrapped;
using Lines = std::vector<std::string>;

namespace {

float bytes(std::string_view text) { return static_cast<float>(text.size()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(wrap_lines)

BOOST_AUTO_TEST_CASE(words_go_to_the_next_line_when_they_do_not_fit) {
  BOOST_TEST(wrapped("one two three", 7, bytes) == (Lines{"one two", "three"}));
}

BOOST_AUTO_TEST_CASE(line_breaks_are_kept_and_empty_lines_too) {
  BOOST_TEST(wrapped("one\r\n\ntwo", 20, bytes) == (Lines{"one", "", "two"}));
}

BOOST_AUTO_TEST_CASE(nothing_is_one_empty_line) { BOOST_TEST(wrapped("", 20, bytes) == (Lines{""})); }

BOOST_AUTO_TEST_CASE(a_word_wider_than_the_line_is_broken) {
  BOOST_TEST(wrapped("ab abcdefgh", 4, bytes) == (Lines{"ab", "abcd", "efgh"}));
}

BOOST_AUTO_TEST_CASE(a_letter_of_several_bytes_is_never_broken) {
  BOOST_TEST(wrapped("äöüß", 3, bytes) == (Lines{"ä", "ö", "ü", "ß"}));
}

BOOST_AUTO_TEST_CASE(a_line_narrower_than_a_letter_still_ends) {
  BOOST_TEST(wrapped("abc", 0, bytes) == (Lines{"a", "b", "c"}));
}

BOOST_AUTO_TEST_CASE(lines_that_are_left_out_leave_a_sign_that_still_fits) {
  BOOST_TEST(first_lines({"one", "two"}, 2, 7, bytes) == (Lines{"one", "two"}));
  BOOST_TEST(first_lines({"one two", "three", "four"}, 1, 7, bytes) == (Lines{"one…"}));  // the sign has three bytes
  BOOST_TEST(first_lines({"one", "", "two"}, 2, 7, bytes) == (Lines{"one", "…"}));
}

BOOST_AUTO_TEST_SUITE_END()
