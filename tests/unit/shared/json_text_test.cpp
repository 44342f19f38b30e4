#include "shared/json_text.h"

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
  double share = 0;
  std::vector<Inner> list;
  std::optional<json> anything;

  static constexpr auto fields() {
    return std::tuple{Field{"name", &Sample::name}, Field{"provider", &Sample::provider},
                      Field{"flag", &Sample::flag}, Field{"share", &Sample::share},
                      Field{"list", &Sample::list}, Field{"anything", &Sample::anything}};
  }
};

struct Change {
  std::optional<bool> flag;
  static constexpr auto fields() { return std::tuple{Field{"flag", &Change::flag}}; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_text_of_messages)

BOOST_AUTO_TEST_CASE(the_text_is_the_json_that_to_json_gives) {
  const Sample full{"\"Ada\" \\ \xC3\xA9 \x01", Provider::Google, true, 1.25, {{-7}, {8}}, json{{"x", 1.5}}};
  const Sample empty{"", Provider::OpenAi, {}, 0, {}, {}};
  for (const auto& sample : {full, empty}) BOOST_TEST(json::parse(json_text(sample)) == to_json(sample));
}

BOOST_AUTO_TEST_CASE(lists_and_empty_messages_are_whole) {
  BOOST_TEST(json_text(std::vector<Inner>{}) == "[]");
  BOOST_TEST(json_text(std::vector<Inner>{{1}, {2}}) == R"([{"number":1},{"number":2}])");
  BOOST_TEST(json_text(Change{}) == "{}");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_replaced) {
  const Sample odd{"a\xFFz", Provider::OpenAi, {}, 0, {}, {}};
  BOOST_TEST(json::parse(json_text(odd)).at("name") == "a\xEF\xBF\xBDz");
}

BOOST_AUTO_TEST_SUITE_END()
