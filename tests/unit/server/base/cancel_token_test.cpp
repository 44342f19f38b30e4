#include "server/base/cancel_token.h"

#include <boost/test/unit_test.hpp>
#include <thread>

namespace ownkey::base {

BOOST_AUTO_TEST_SUITE(base_cancel_token)

BOOST_AUTO_TEST_CASE(a_token_of_its_own_is_never_cancelled) { BOOST_TEST(!CancelToken().cancelled()); }

BOOST_AUTO_TEST_CASE(all_copies_see_the_cancellation) {
  CancelSource source;
  const CancelToken first = source.token();
  const CancelToken second = first;
  BOOST_TEST(!second.cancelled());
  CancelSource(source).cancel();
  BOOST_TEST(first.cancelled());
  BOOST_TEST(second.cancelled());
}

BOOST_AUTO_TEST_CASE(an_action_runs_once_while_it_is_registered) {
  CancelSource source;
  int kept = 0;
  int given_up = 0;
  const auto registration = source.token().on_cancel([&] { ++kept; });
  {
    const auto short_lived = source.token().on_cancel([&] { ++given_up; });
  }
  source.cancel();
  source.cancel();
  BOOST_TEST(kept == 1);
  BOOST_TEST(given_up == 0);
}

BOOST_AUTO_TEST_CASE(an_action_registered_too_late_runs_at_once) {
  CancelSource source;
  source.cancel();
  bool ran = false;
  const auto registration = source.token().on_cancel([&] { ran = true; });
  BOOST_TEST(ran);
}

BOOST_AUTO_TEST_CASE(a_sleep_ends_early_when_cancelled) {
  CancelSource source;
  BOOST_TEST(source.token().sleep_for(std::chrono::milliseconds(1)));
  std::thread other([&] { source.cancel(); });
  BOOST_TEST(!source.token().sleep_for(std::chrono::minutes(5)));
  other.join();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::base
