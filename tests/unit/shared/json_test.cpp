#include "shared/json.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(json_reading)

BOOST_AUTO_TEST_CASE(a_key_given_twice_is_refused_by_name_at_any_depth) {
  for (const auto* text : {R"({"a":1,"a":2})", R"({"x":[{"a":1,"b":2,"a":3}]})"}) {
    const auto result = parse_json(text);
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().field == "a");
  }
  BOOST_TEST(bool(parse_json(R"({"a":{"a":1},"b":{"a":1}})")));
}

BOOST_AUTO_TEST_CASE(nesting_beyond_the_limit_is_refused_before_it_costs_memory) {
  BOOST_TEST(bool(parse_json(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']'))));
  const auto result = parse_json(std::string(4'000'000, '['));
  BOOST_REQUIRE(!result);
  BOOST_TEST(result.error().public_text.find("nested") != std::string::npos);
}

// Regression: five megabytes of empty objects took six hundred of memory.
BOOST_AUTO_TEST_CASE(very_many_tiny_values_are_refused) {
  std::string text = "[{}";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) text += ",{}";
  const auto result = parse_json(text + "]");
  BOOST_REQUIRE(!result);
  BOOST_TEST(result.error().public_text.find("values") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_an_error_that_says_where) {
  for (const auto* text : {"", "{", "{\"a\":}", "nul", "{} {}", "{\"a\":\"\xff\"}", "{'a':1}", "[1,]"}) {
    const auto result = parse_json(text);
    BOOST_REQUIRE_MESSAGE(!result, text);
    BOOST_TEST(result.error().public_text.find("byte") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(writing_never_fails_on_bytes_that_are_no_text) {
  BOOST_TEST(dump_json(json("a\xff")) == "\"a\uFFFD\"");
}

BOOST_AUTO_TEST_SUITE_END()
