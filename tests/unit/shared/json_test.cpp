#include "shared/json.h"

#include <boost/test/unit_test.hpp>
#include <random>

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

BOOST_AUTO_TEST_CASE(text_is_read_with_every_escape_and_refused_with_half_of_a_pair) {
  BOOST_TEST(parse_json(R"("\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\udd11")")->get<std::string>() ==
             "\"\\/\b\f\n\r\t\u00e9\u20AC\U0001F511");
  for (const auto* text : {R"("\ud83d")", R"("\ud83dx")", R"("\ud83d\u0041")", R"("\udd11")", R"("\u12")", R"("\x")",
                           "\"\n\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\""})
    BOOST_TEST(!parse_json(text), text);
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_kind_and_their_value) {
  BOOST_TEST(parse_json("18446744073709551615")->get<std::uint64_t>() == 18446744073709551615u);
  BOOST_TEST(parse_json("-9223372036854775808")->get<std::int64_t>() == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(parse_json("18446744073709551616")->is_number_float());
  BOOST_TEST(parse_json("0.1")->get<double>() == 0.1);
  BOOST_TEST(parse_json("-12.5e-3")->get<double>() == -0.0125);
  BOOST_TEST(parse_json("1E2")->is_number_float());
  for (const auto* text : {"01", "-", "+1", ".5", "1.", "1e", "1e999", "0x1", "NaN"})
    BOOST_TEST(!parse_json(text), text);
}

// The library that we write JSON with is the judge: what either takes, the other takes, and both read the same.
BOOST_AUTO_TEST_CASE(damaged_texts_are_judged_as_by_the_library) {
  const std::string whole =
      R"( {"a":[1,-2.5e+3,true,false,null,"x\u00e9\ud83d\udd11\n"],"b":{"c":{},"d":[]},"":"\u20ac€🔑","n":[0,-0,1.0]} )";
  BOOST_TEST(*parse_json(whole) == json::parse(whole));
  constexpr std::string_view kPieces = "{}[]:,\"\\u0e+-.19 \n\x80\xc3\xed\xf4tfn";
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string text = whole;
    for (std::size_t i = 0, changes = 1 + below(3); i < changes; ++i) {
      const std::size_t at = below(text.size());
      if (below(2) == 0) text.erase(at, 1 + below(3));
      else text[at] = kPieces[below(kPieces.size())];
    }
    const auto ours = parse_json(text);
    const json theirs = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!ours && ours.error().public_text.find("twice") != std::string::npos) continue;
    BOOST_REQUIRE_MESSAGE(bool(ours) == !theirs.is_discarded(), text);
    if (!ours) continue;
    BOOST_REQUIRE_MESSAGE(*ours == theirs, text);
    BOOST_REQUIRE(dump_json(theirs) == theirs.dump());
  }
}

BOOST_AUTO_TEST_CASE(writing_never_fails_on_bytes_that_are_no_text) {
  BOOST_TEST(dump_json(json("a\xff")) == "\"a\uFFFD\"");
  BOOST_TEST(dump_json(json("\xe2\x82")) == "\"\uFFFD\uFFFD\"");
  BOOST_TEST(dump_json(json(std::numeric_limits<double>::infinity())) == "null");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back_as_it_was) {
  const json value = {{"text", std::string("\0\x1f\x7f\"\\/\b\f\n\r\t é€🔑", 22)},
                      {"numbers", {0, -1, 0.1, 1.0, -2.5e-300, 1e300, 18446744073709551615u}},
                      {"others", {true, false, nullptr, json::object(), json::array()}}};
  BOOST_TEST(*parse_json(dump_json(value)) == value);
  BOOST_TEST(dump_json(value) == value.dump());
}

BOOST_AUTO_TEST_SUITE_END()
