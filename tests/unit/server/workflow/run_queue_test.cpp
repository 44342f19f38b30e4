#include "server/workflow/run_queue.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <thread>

#include "tests/support/child_process.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using workflow::RunQueue;

namespace {

const base::UserId kAda("ada"), kBob("bob");

auto enter(RunQueue& queue, const base::UserId& user) { return test::value_of(queue.enter(user)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(run_queue)

BOOST_AUTO_TEST_CASE(a_person_runs_so_many_at_once_and_the_rest_in_their_order) {
  RunQueue queue({.per_user = 2, .at_once = 10, .waiting_per_user = 2});
  auto first = enter(queue, kAda);
  const auto second = enter(queue, kAda);
  const auto third = enter(queue, kAda);
  const auto fourth = enter(queue, kAda);
  BOOST_TEST(first->position() == 0U);
  BOOST_TEST(second->position() == 0U);
  BOOST_TEST(third->position() == 1U);
  BOOST_TEST(fourth->position() == 2U);
  const auto fifth = queue.enter(kAda);
  BOOST_REQUIRE(!fifth);
  BOOST_TEST((fifth.error().kind == ErrorKind::RateLimited));
  // Somebody else is not concerned.
  BOOST_TEST(enter(queue, kBob)->position() == 0U);
  first.reset();
  BOOST_TEST(third->position() == 0U);
  BOOST_TEST(fourth->position() == 1U);
  second->give_back();
  BOOST_TEST(fourth->position() == 0U);
}

BOOST_AUTO_TEST_CASE(what_waits_may_hold_only_so_much) {
  RunQueue queue({.per_user = 1, .at_once = 10, .waiting_per_user = 10, .waiting_bytes_per_user = 100});
  const auto runs = test::value_of(queue.enter(kAda, 1000)), waits = test::value_of(queue.enter(kAda, 60));
  const auto refused = queue.enter(kAda, 60);
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(test::value_of(queue.enter(kAda, 40))->position() == 2U);
  BOOST_TEST(test::value_of(queue.enter(kBob, 1000))->position() == 0U);
}

BOOST_AUTO_TEST_CASE(turns_go_round_the_people_who_wait) {
  RunQueue queue({.per_user = 10, .at_once = 1, .waiting_per_user = 10});
  std::string order;
  auto running = enter(queue, kAda);
  std::vector<std::shared_ptr<RunQueue::Turn>> turns;
  for (int i = 0; i < 3; ++i) {
    turns.push_back(enter(queue, kAda));
    turns.back()->when_granted([&order] { order += 'a'; });
  }
  for (int i = 0; i < 2; ++i) {
    turns.push_back(enter(queue, kBob));
    turns.back()->when_granted([&order] { order += 'b'; });
  }
  running->give_back();
  for (const auto index : {0, 3, 1, 4, 2}) turns[static_cast<std::size_t>(index)]->give_back();
  BOOST_TEST(order == "ababa");
}

BOOST_AUTO_TEST_CASE(a_run_that_is_given_up_leaves_the_queue) {
  RunQueue queue({.per_user = 1, .at_once = 10, .waiting_per_user = 10});
  auto running = enter(queue, kAda);
  auto leaving = enter(queue, kAda);
  const auto last = enter(queue, kAda);
  leaving.reset();
  BOOST_TEST(last->position() == 1U);
  bool begun = false;
  last->when_granted([&] { begun = true; });
  last->grant_now();
  BOOST_TEST(begun);
  // It was let in out of turn, so it takes nobody's place.
  const auto next = enter(queue, kAda);
  running.reset();
  BOOST_TEST(next->position() == 0U);
}

// Regression: each granted the next one from within, as deep as the queue was long.
BOOST_AUTO_TEST_CASE(turns_that_are_given_back_at_once_are_granted_one_after_the_other) {
  RunQueue queue({.per_user = 1, .at_once = 1, .waiting_per_user = 100});
  auto running = enter(queue, kAda);
  std::vector<std::shared_ptr<RunQueue::Turn>> turns;
  int called = 0, within = 0, deepest = 0;
  for (int i = 0; i < 100; ++i) {
    turns.push_back(enter(queue, kAda));
    turns.back()->when_granted([&, turn = turns.back().get()] {
      deepest = std::max(deepest, ++within);
      ++called;
      turn->give_back();
      --within;
    });
  }
  running->give_back();
  BOOST_TEST(called == 100);
  BOOST_TEST(deepest == 1);
}

BOOST_AUTO_TEST_CASE(waiting_ends_with_the_turn_or_with_a_cancel) {
  RunQueue queue({.per_user = 1, .at_once = 10, .waiting_per_user = 10});
  auto running = enter(queue, kAda);
  const auto patient = enter(queue, kAda), cancelled = enter(queue, kAda);
  base::CancelSource cancel;
  std::jthread canceller([&] { cancel.cancel(); });
  cancelled->wait(cancel.token());
  BOOST_TEST(cancelled->position() == 2U);
  std::jthread worker([&] { running->give_back(); });
  patient->wait({});
  BOOST_TEST(patient->position() == 0U);
}

BOOST_AUTO_TEST_CASE(many_threads_never_run_more_than_allowed) {
  RunQueue queue({.per_user = 3, .at_once = 4, .waiting_per_user = 100});
  std::atomic<int> running = 0, most = 0, done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
      threads.emplace_back([&, user = i % 2 == 0 ? kAda : kBob] {
        for (int k = 0; k < 50; ++k) {
          const auto turn = enter(queue, user);
          turn->wait({});
          const int now = ++running;
          for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
          std::this_thread::yield();
          --running;
          ++done;
        }
      });
  }
  BOOST_TEST(done == 800);
  BOOST_TEST(most <= 4);
}

BOOST_AUTO_TEST_SUITE_END()
