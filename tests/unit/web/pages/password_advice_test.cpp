#include "web/pages/password_advice.h"

#include <boost/test/unit_test.hpp>

using ownkey::pages::password_advice;

namespace {

bool begins(std::string_view password, std::string_view beginning) {
  return password_advice(password, "ada@example.com").starts_with(beginning);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(password_advice_words)

BOOST_AUTO_TEST_CASE(what_is_easy_to_guess_is_said_to_be) {
  BOOST_TEST(begins("short", "At least 8"));
  BOOST_TEST(begins("Ada-is-the-best", "Easy to guess: your e-mail"));
  BOOST_TEST(begins("abababababababab", "Easy to guess: the same"));
  BOOST_TEST(begins("Password2026", "Easy to guess: it has"));
}

BOOST_AUTO_TEST_CASE(length_is_strength) {
  BOOST_TEST(begins("k7#mQz!p", "Fair"));
  BOOST_TEST(begins("horse battery", "Good"));
  BOOST_TEST(begins("correct horse battery", "Strong"));
}

BOOST_AUTO_TEST_SUITE_END()
