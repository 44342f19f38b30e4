#include "server/workflow/asked_models.h"

#include <boost/test/unit_test.hpp>

#include "shared/json.h"

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

const base::Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24);
const llm::ModelEnds kEnds{{{Provider::OpenAi, "gpt-old"}, "2026-12-11"},
                           {{Provider::OpenAi, "gpt-older"}, "2026-01-01"},
                           {{Provider::OpenAi, "gpt-much-later"}, "2028-01-01"}};

json node(const std::string& model, const char* provider = nullptr) {
  json data{{"model", model}};
  if (provider) data["provider"] = provider;
  return {{"id", model}, {"type", "llm"}, {"data", data}};
}

std::optional<api::ModelEnd> end_of(const std::vector<json>& nodes) {
  return first_end(dump_json(json{{"nodes", nodes}, {"edges", json::array()}}), kEnds, kNow);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(asked_models)

BOOST_AUTO_TEST_CASE(the_model_that_ends_first_is_named) {
  const auto end = end_of({node("gpt-old"), node("gpt-older"), node("gpt-new")});
  BOOST_REQUIRE(end.has_value());
  BOOST_TEST(end->model == "gpt-older");
  BOOST_TEST(end->shutdown_date == "2026-01-01");
}

BOOST_AUTO_TEST_CASE(models_that_last_are_not_marked) {
  BOOST_TEST(!end_of({node("gpt-new"), node("gpt-much-later")}));
  BOOST_TEST(!end_of({}));
}

BOOST_AUTO_TEST_CASE(the_same_name_at_another_provider_is_another_model) {
  BOOST_TEST(!end_of({node("gpt-old", "openai_compatible")}));
  BOOST_TEST(end_of({node("gpt-old", "openai")}).has_value());
}

BOOST_AUTO_TEST_CASE(a_name_that_stands_elsewhere_in_the_drawing_is_no_model) {
  BOOST_TEST(
      !end_of({json{{"id", "gpt-old"}, {"type", "input"}, {"data", {{"text", "gpt-old"}}}}, json{{"id", "bare"}}}));
  BOOST_TEST(!first_end(R"(["gpt-old"])", kEnds, kNow));
  BOOST_TEST(!first_end(R"({"nodes":"gpt-old"})", kEnds, kNow));
}

BOOST_AUTO_TEST_CASE(soon_is_the_next_ninety_days) {
  BOOST_TEST(llm::ends_soon("2027-02-22", kNow));
  BOOST_TEST(!llm::ends_soon("2027-02-23", kNow));
  BOOST_TEST(llm::ends_soon("2020-01-01T00:00:00Z", kNow));
}

BOOST_AUTO_TEST_SUITE_END()
