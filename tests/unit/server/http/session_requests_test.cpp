#include "server/http/session_requests.h"

#include <boost/test/unit_test.hpp>

namespace ownkey::http {

namespace {

Session session_of_ada(const char* id) { return {base::UserId("ada"), base::SessionId(id)}; }

bool is_one(const Session& session) { return session.session == base::SessionId("one"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(http_session_requests)

// Regression: a run went on for as long as it liked after its session had been ended.
BOOST_AUTO_TEST_CASE(the_end_of_a_session_cancels_all_its_requests_and_no_others) {
  SessionRequests requests;
  const auto ended = session_of_ada("one");
  base::CancelSource first;
  base::CancelSource second;
  base::CancelSource other;
  base::CancelSource over;
  const auto first_entry = requests.enter(ended, first);
  const auto second_entry = requests.enter(ended, second);
  const auto other_entry = requests.enter(session_of_ada("two"), other);
  requests.enter(ended, over).reset();
  requests.end(is_one);
  BOOST_TEST(first.token().cancelled());
  BOOST_TEST(second.token().cancelled());
  BOOST_TEST(!other.token().cancelled());
  BOOST_TEST(!over.token().cancelled());
}

BOOST_AUTO_TEST_CASE(a_request_may_leave_while_it_is_cancelled) {
  SessionRequests requests;
  base::CancelSource request;
  auto entry = requests.enter(session_of_ada("one"), request);
  const auto leaving = request.token().on_cancel([&entry] { entry.reset(); });
  requests.end(is_one);
  BOOST_TEST(!entry);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
