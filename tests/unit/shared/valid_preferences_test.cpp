#include "shared/valid_preferences.h"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace ownkey;

namespace {

std::string field_at_fault(api::Preferences preferences) {
  const auto valid = valid_preferences(std::move(preferences));
  return valid ? "" : valid.error().field;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shared_valid_preferences)

BOOST_AUTO_TEST_CASE(none_at_all_are_fine) { BOOST_TEST(field_at_fault({}) == ""); }

BOOST_AUTO_TEST_CASE(a_model_is_tidied) {
  const auto valid = valid_preferences({.default_model = " gpt-4o\n"});
  BOOST_REQUIRE(valid);
  BOOST_TEST(*valid->default_model == "gpt-4o");
  BOOST_TEST(field_at_fault({.default_model = "  "}) == "default_model");
  BOOST_TEST(field_at_fault({.default_model = "gpt 4"}) == "default_model");
  BOOST_TEST(field_at_fault({.default_model = std::string(kMaxModelBytes + 1, 'x')}) == "default_model");
}

BOOST_AUTO_TEST_CASE(numbers_have_their_ranges) {
  for (const double scale : {kMinTextScale, 1.0, kMaxTextScale})
    BOOST_TEST(field_at_fault({.text_scale = scale}) == "");
  for (const double scale : {0.0, -1.0, 3.01, std::numeric_limits<double>::quiet_NaN()})
    BOOST_TEST(field_at_fault({.text_scale = scale}) == "text_scale");
  for (const int seconds : {1, kMaxRunTimeoutS}) BOOST_TEST(field_at_fault({.run_timeout_s = seconds}) == "");
  for (const int seconds : {0, -5, kMaxRunTimeoutS + 1})
    BOOST_TEST(field_at_fault({.run_timeout_s = seconds}) == "run_timeout_s");
}

BOOST_AUTO_TEST_SUITE_END()
