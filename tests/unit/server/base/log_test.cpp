#include "server/base/log.h"

#include <boost/test/unit_test.hpp>

#include <vector>

#include "shared/json.h"

using namespace ownkey;

namespace {

struct Lines {
  std::vector<std::string> lines;
  base::Log log(base::Log::Format format, base::LogLevel least = base::LogLevel::Debug) {
    return base::Log::to([this](std::string_view line) { lines.emplace_back(line); }, format, least);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_lines)

BOOST_AUTO_TEST_CASE(a_json_line_holds_the_message_and_its_fields_numbers_as_numbers) {
  Lines sink;
  auto log = sink.log(base::Log::Format::Json);
  log.info("signed in", {{"user", "u1"}, {"tries", 2}});
  const auto line = json::parse(sink.lines.at(0));
  BOOST_TEST(line.at("message") == "signed in");
  BOOST_TEST(line.at("level") == "info");
  BOOST_TEST(line.at("user") == "u1");
  BOOST_TEST(line.at("tries") == 2);
}

BOOST_AUTO_TEST_CASE(a_value_with_a_line_break_cannot_forge_a_second_line) {
  for (const auto format : {base::Log::Format::Json, base::Log::Format::Text}) {
    Lines sink;
    auto log = sink.log(format);
    log.warning("request", {{"agent", "x\n12:00:00 info  all is well"}});
    BOOST_REQUIRE(sink.lines.size() == 1U);
    BOOST_TEST(sink.lines[0].find('\n') == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_is_below_the_level_is_not_written) {
  Lines sink;
  auto log = sink.log(base::Log::Format::Text, base::LogLevel::Warning);
  log.info("no");
  log.error("yes");
  BOOST_REQUIRE(sink.lines.size() == 1U);
  BOOST_TEST(sink.lines[0].find("yes") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
