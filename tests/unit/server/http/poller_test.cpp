#include "server/http/poller.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <future>

namespace ownkey::http {
namespace {

using namespace std::chrono_literals;

// Two ends of a connection.
struct Ends {
  std::array<int, 2> sockets{};
  Ends() { BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0); }
  ~Ends() {
    ::close(sockets[0]);
    hang_up();
  }
  int ours() const { return sockets[0]; }
  void say() const { BOOST_REQUIRE(::write(sockets[1], "x", 1) == 1); }
  void hang_up() {
    if (sockets[1] >= 0) ::close(std::exchange(sockets[1], -1));
  }
};

struct Wake {
  std::promise<void> promise;
  std::future<void> future = promise.get_future();

  Poller::Wake callback() {
    return [this] { promise.set_value(); };
  }
  bool came() { return future.wait_for(5s) == std::future_status::ready; }
  bool is_out() { return future.wait_for(0s) != std::future_status::ready; }
};

Poller::Moment in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

}  // namespace

BOOST_AUTO_TEST_SUITE(http_poller)

BOOST_AUTO_TEST_CASE(a_parked_socket_wakes_when_its_client_speaks_or_leaves) {
  Ends speaking;
  Ends leaving;
  Wake spoke;
  Wake left;
  Poller poller;
  poller.park(speaking.ours(), Poller::Direction::Read, in(1h), spoke.callback());
  poller.park(leaving.ours(), Poller::Direction::Read, in(1h), left.callback());
  speaking.say();
  BOOST_TEST(spoke.came());
  BOOST_TEST(left.is_out());
  leaving.hang_up();
  BOOST_TEST(left.came());
}

BOOST_AUTO_TEST_CASE(a_parked_socket_wakes_at_its_time_even_if_another_waits_longer) {
  Ends patient;
  Ends hasty;
  Wake later;
  Wake soon;
  Poller poller;
  poller.park(patient.ours(), Poller::Direction::Read, in(1h), later.callback());
  poller.park(hasty.ours(), Poller::Direction::Read, in(20ms), soon.callback());
  BOOST_TEST(soon.came());
  BOOST_TEST(later.is_out());
}

BOOST_AUTO_TEST_CASE(a_socket_can_be_parked_again_and_again) {
  Ends ends;
  Poller poller;
  for (int i = 0; i < 100; ++i) {
    Wake wake;
    poller.park(ends.ours(), Poller::Direction::Read, in(1h), wake.callback());
    ends.say();
    BOOST_REQUIRE(wake.came());
    char byte = 0;
    BOOST_REQUIRE(::read(ends.ours(), &byte, 1) == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_watch_sees_only_that_the_client_left) {
  Ends ends;
  Wake gone;
  Poller poller;
  poller.watch(ends.ours(), gone.callback());
  ends.say();
  Ends other;
  Wake after;
  poller.park(other.ours(), Poller::Direction::Read, in(20ms), after.callback());
  BOOST_TEST(after.came());
  BOOST_TEST(gone.is_out());
  ends.hang_up();
  BOOST_TEST(gone.came());
}

BOOST_AUTO_TEST_CASE(a_forgotten_watch_stays_silent) {
  Ends ends;
  Wake gone;
  Poller poller;
  poller.watch(ends.ours(), gone.callback());
  poller.forget(ends.ours());
  ends.hang_up();
  Ends other;
  Wake after;
  poller.park(other.ours(), Poller::Direction::Read, in(20ms), after.callback());
  BOOST_TEST(after.came());
  BOOST_TEST(gone.is_out());
}

BOOST_AUTO_TEST_CASE(waking_all_reaches_what_is_parked_and_what_comes_later_but_no_watch) {
  Ends before;
  Ends watched;
  Ends after;
  Wake first;
  Wake gone;
  Wake second;
  Poller poller;
  poller.park(before.ours(), Poller::Direction::Read, in(1h), first.callback());
  poller.watch(watched.ours(), gone.callback());
  poller.wake_all();
  BOOST_TEST(first.came());
  poller.park(after.ours(), Poller::Direction::Read, in(1h), second.callback());
  BOOST_TEST(second.came());
  BOOST_TEST(gone.is_out());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
