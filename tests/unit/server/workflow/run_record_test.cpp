#include "server/workflow/run_record.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::workflow;

BOOST_AUTO_TEST_SUITE(run_record)

BOOST_AUTO_TEST_CASE(what_looks_like_a_key_is_not_kept) {
  BOOST_TEST(without_keys("use sk-proj-abcDEF0123456789xyz now") == "use [key] now");
  BOOST_TEST(without_keys("\"AIzaSyA1234567890abcdefghijk\"") == "\"[key]\"");
  BOOST_TEST(without_keys("AQ.Ab8RN6I123456789012345678") == "[key]");
  for (const auto* text : {"sk-...X8d2", "sk-learn", "task-oriented-programming-2026-11-24", "AQ. and so on"})
    BOOST_TEST(without_keys(text) == text);
  api::RunResult result{
      "w", "r", api::RunStatus::Success, {{"in", {{"input", "my key sk-sim-openai-0123456789abcdef"}}}}, {}};
  api::LogEntry entry;
  entry.output = json{{"deep", json::array({"sk-sim-openai-0123456789abcdef"})}};
  result.logs.push_back(entry);
  result.results["in"]["sk-sim-openai-0123456789abcdef"] = "as a name";
  const auto record = make_record(result);
  BOOST_TEST(record.find("0123456789abcdef") == std::string::npos);
  BOOST_TEST(record.find("as a name") != std::string::npos);
}

// Regression: the character in the middle of which a text was cut became another one.
BOOST_AUTO_TEST_CASE(a_text_is_cut_between_two_characters) {
  api::RunResult result{"w", "r", api::RunStatus::Success, json::object(), {}};
  for (const auto* beginning : {"", "x"}) {
    std::string text = beginning;
    while (text.size() < 700'000) text += "ä";
    result.results[std::string("of ") + beginning] = text;
  }
  const auto record = make_record(result);
  BOOST_TEST(record.size() < 10'000U);
  BOOST_TEST(record.find("ä …") != std::string::npos);
  BOOST_TEST(record.find("\xEF\xBF\xBD") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_record_stays_within_its_bound) {
  api::RunResult result{"w", "r", api::RunStatus::Success, json::object(), {}};
  for (int i = 0; i < 10; ++i) {
    api::LogEntry entry;
    entry.node_id = std::to_string(i);
    entry.output = std::string(300'000, 'x');
    result.logs.push_back(entry);
  }
  const auto record = json::parse(make_record(result));
  BOOST_TEST(record.at("cut") == true);
  BOOST_TEST(record.at("logs").size() == 10U);
  for (int i = 0; i < 990; ++i) {
    api::LogEntry entry;
    entry.output = json::array();
    for (int k = 0; k < 200; ++k) entry.output->push_back("a text of some length");
    result.logs.push_back(entry);
  }
  const auto outline = make_record(result);
  BOOST_TEST(outline.size() <= kMaxRecordBytes);
  BOOST_TEST(json::parse(outline).at("logs").size() == 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
