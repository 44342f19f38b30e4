#include "shared/fields.h"

#include <boost/test/unit_test.hpp>

#include "shared/provider.h"

using namespace ownkey;

namespace {

struct Inner {
  int number = 0;
  static constexpr auto fields() { return std::tuple{Field{"number", &Inner::number}}; }
};

struct Sample {
  std::string name;
  Provider provider{};
  std::optional<bool> flag;
  std::vector<Inner> list;
  std::optional<json> anything;

  static constexpr auto fields() {
    return std::tuple{Field{"name", &Sample::name}, Field{"provider", &Sample::provider}, Field{"flag", &Sample::flag},
                      Field{"list", &Sample::list}, Field{"anything", &Sample::anything}};
  }
};

std::string field_at_fault(std::string_view text) {
  const auto result = parse_as<Sample>(text, Unknown::Refuse);
  return result ? "none" : result.error().field;
}

struct Change {
  static constexpr bool kRefusesNull = true;
  std::optional<bool> flag;
  static constexpr auto fields() { return std::tuple{Field{"flag", &Change::flag}}; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fields)

BOOST_AUTO_TEST_CASE(a_message_survives_the_way_to_json_and_back) {
  const std::string text =
      R"({"anything":{"x":[1]},"flag":true,"list":[{"number":-7}],"name":"Ada","provider":"google"})";
  const auto sample = parse_as<Sample>(text, Unknown::Refuse);
  BOOST_REQUIRE(sample);
  BOOST_TEST(dump_json(to_json(*sample)) == text);
}

BOOST_AUTO_TEST_CASE(a_message_that_refuses_null_names_the_field) {
  const auto refused = parse_as<Change>(R"({"flag":null})", Unknown::Refuse);
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().field == "flag");
  BOOST_TEST(!parse_as<Change>("{}", Unknown::Refuse)->flag.has_value());
  BOOST_TEST(parse_as<Change>(R"({"flag":true})", Unknown::Refuse)->flag.value());
}

BOOST_AUTO_TEST_CASE(absent_and_null_optional_fields_are_empty_and_left_out) {
  for (const auto* text :
       {R"({"name":"a","provider":"openai","list":[]})", R"({"name":"a","provider":"openai","list":[],"flag":null})"}) {
    const auto sample = parse_as<Sample>(text, Unknown::Refuse);
    BOOST_REQUIRE(sample);
    BOOST_TEST(!sample->flag.has_value());
    BOOST_TEST(!to_json(*sample).contains("flag"));
  }
}

BOOST_AUTO_TEST_CASE(each_mistake_names_its_field) {
  BOOST_TEST(field_at_fault(R"({"provider":"openai","list":[]})") == "name");
  BOOST_TEST(field_at_fault(R"({"name":5,"provider":"openai","list":[]})") == "name");
  BOOST_TEST(field_at_fault(R"({"name":null,"provider":"openai","list":[]})") == "name");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"acme","list":[]})") == "provider");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":{}})") == "list");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":[{"number":1},{"number":1.5}]})") ==
             "list[1].number");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":[{"number":99999999999}]})") == "list[0].number");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":[],"flag":"yes"})") == "flag");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":[],"nmae":"b"})") == "nmae");
  BOOST_TEST(field_at_fault(R"({"name":"a","provider":"openai","list":[{"number":1,"x":2}]})") == "list[0].x");
  BOOST_TEST(field_at_fault(R"([1])").empty());
}

BOOST_AUTO_TEST_CASE(answers_may_hold_fields_that_we_do_not_know) {
  BOOST_TEST(bool(parse_as<Sample>(R"({"name":"a","provider":"openai","list":[],"later":1})", Unknown::Ignore)));
}

BOOST_AUTO_TEST_SUITE_END()
