#include "shared/secret.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(secret)

BOOST_AUTO_TEST_CASE(wiping_clears_the_whole_buffer_of_a_string_that_shrank) {
  std::string text = "a long secret that was here before";
  const char* buffer = text.data();
  text.resize(3);
  wipe(text);
  BOOST_TEST(text.empty());
  for (std::size_t i = 0; i < 34; ++i) BOOST_REQUIRE(buffer[i] == 0);
}

BOOST_AUTO_TEST_CASE(taking_a_string_leaves_nothing_in_it) {
  std::string text = "a secret that is long enough for the heap";
  const char* buffer = text.data();
  const auto secret = Secret::take(std::move(text));
  BOOST_TEST(secret.reveal() == "a secret that is long enough for the heap");
  for (std::size_t i = 0; i < 41; ++i) BOOST_REQUIRE(buffer[i] == 0);
}

BOOST_AUTO_TEST_CASE(moving_leaves_the_old_one_empty) {
  Secret a("one");
  Secret b(std::move(a));
  BOOST_TEST(a.empty());
  a = std::move(b);
  BOOST_TEST(b.empty());
  BOOST_TEST(a.reveal() == "one");
  BOOST_TEST(a.clone().size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
