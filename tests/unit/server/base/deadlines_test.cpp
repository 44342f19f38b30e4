#include "server/base/deadlines.h"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <vector>

using namespace ownkey::base;
using std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(deadlines)

BOOST_AUTO_TEST_CASE(work_is_cancelled_when_its_time_is_over) {
  Deadlines deadlines;
  const Deadline later(deadlines, {}, std::chrono::hours(1));
  const Deadline soon(deadlines, {}, milliseconds(5));
  BOOST_TEST(!soon.token().sleep_for(std::chrono::seconds(10)));
  BOOST_TEST(soon.passed());
  BOOST_TEST(!later.passed());
  BOOST_TEST(!later.token().cancelled());
}

BOOST_AUTO_TEST_CASE(whoever_cancels_the_whole_cancels_the_part_and_no_time_has_passed) {
  Deadlines deadlines;
  CancelSource whole;
  const Deadline part(deadlines, whole.token(), std::chrono::hours(1));
  const Deadline endless(deadlines, whole.token(), std::nullopt);
  whole.cancel();
  BOOST_TEST(part.token().cancelled());
  BOOST_TEST(!part.passed());
  BOOST_TEST(endless.token().cancelled());
}

BOOST_AUTO_TEST_CASE(a_deadline_that_is_gone_disturbs_nobody) {
  Deadlines deadlines;
  for (int i = 0; i < 1000; ++i) const Deadline brief(deadlines, {}, milliseconds(i % 3));
  const Deadline last(deadlines, {}, milliseconds(5));
  BOOST_TEST(!last.token().sleep_for(std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_SUITE_END()
