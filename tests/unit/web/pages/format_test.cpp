#include "web/pages/format.h"

#include <boost/test/unit_test.hpp>

#include "web/platform/null_platform.h"

using namespace ownkey::pages;

BOOST_AUTO_TEST_SUITE(format_for_people)

BOOST_AUTO_TEST_CASE(messages_become_sentences) {
  BOOST_TEST(sentence("check the key") == "Check the key.");
  BOOST_TEST(sentence("OpenAI did not answer!") == "OpenAI did not answer!");
  BOOST_TEST(sentence("") == "");
}

BOOST_AUTO_TEST_CASE(times_become_days) {
  BOOST_TEST(day("2026-11-04T09:08:07Z") == "4 Nov 2026");
  BOOST_TEST(day("2026-13-04T09:08:07Z") == "");
  BOOST_TEST(day("yesterday") == "");
  BOOST_TEST(day("") == "");
}

BOOST_AUTO_TEST_CASE(programs_are_called_as_people_call_them) {
  const std::string chrome = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
  BOOST_TEST(program(chrome) == "Chrome on Windows");
  BOOST_TEST(program(chrome + " Edg/130.0") == "Edge on Windows");
  BOOST_TEST(program("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0") == "Firefox on Linux");
  BOOST_TEST(program("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1") ==
             "Safari on iPhone");
  BOOST_TEST(program("curl/8.5.0") == "curl");
  BOOST_TEST(program("") == "Unknown program");
}

BOOST_AUTO_TEST_CASE(durations_have_the_unit_that_fits) {
  BOOST_TEST(duration(0) == "0 ms");
  BOOST_TEST(duration(999) == "999 ms");
  BOOST_TEST(duration(1240) == "1.2 s");
  BOOST_TEST(duration(59'960) == "1 min 0 s");
  BOOST_TEST(duration(185'000) == "3 min 5 s");
}

BOOST_AUTO_TEST_CASE(a_time_of_day_says_where_it_holds) {
  BOOST_TEST(time_of_day("2026-11-24T12:34:56.789Z") == "12:34 UTC");
  BOOST_TEST(time_of_day("2026-11-24").empty());
  BOOST_TEST(time_of_day("soon").empty());
}

BOOST_AUTO_TEST_CASE(a_time_is_as_many_seconds_from_1970_as_it_says) {
  BOOST_TEST(unix_time("1970-01-02T00:00:01Z").value_or(-1) == 86401);
  BOOST_TEST(unix_time("2026-11-24T12:34:56.789Z").value_or(-1) == 1795523696);
  BOOST_TEST(!unix_time("2026-11-24").has_value());
}

BOOST_AUTO_TEST_CASE(a_local_time_may_lie_on_another_day) {
  ownkey::platform::NullPlatform platform;
  const ownkey::ui::Ui ui(platform);
  platform.utc_offset = 90;
  BOOST_TEST(moment(local(ui, "2026-12-31T23:00:00Z")) == "1 Jan 2027, 00:30");
  platform.utc_offset = -5 * 60;
  BOOST_TEST(moment(local(ui, "2026-03-01T02:00:00Z")) == "28 Feb 2026, 21:00");
  BOOST_TEST(moment(local(ui, "soon")).empty());
}

BOOST_AUTO_TEST_CASE(a_span_is_told_in_minutes) {
  BOOST_TEST(minutes(59) == "less than a minute");
  BOOST_TEST(minutes(60) == "1 minute");
  BOOST_TEST(minutes(599) == "9 minutes");
}

BOOST_AUTO_TEST_CASE(numbers_are_grouped_and_read_back) {
  BOOST_TEST(grouped(0) == "0");
  BOOST_TEST(grouped(999) == "999");
  BOOST_TEST(grouped(1'234'567) == "1,234,567");
  BOOST_TEST(compact(9'999) == "9,999");
  BOOST_TEST(compact(12'345) == "12.3 k");
  BOOST_TEST(compact(1'250'000) == "1.2 M");
  BOOST_TEST(whole_number("1,234 567").value_or(-1) == 1'234'567);
  for (const auto* none : {"", "-1", "1.5", "many", ",", "1234567890123456"}) BOOST_TEST(!whole_number(none), none);
}

BOOST_AUTO_TEST_CASE(one_is_not_many) {
  BOOST_TEST(counted(1, "model") == "1 model");
  BOOST_TEST(counted(0, "model") == "0 models");
}

BOOST_AUTO_TEST_SUITE_END()
