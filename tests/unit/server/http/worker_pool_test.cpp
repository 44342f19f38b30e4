#include "server/http/worker_pool.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <vector>

namespace ownkey::http {

BOOST_AUTO_TEST_SUITE(http_worker_pool)

BOOST_AUTO_TEST_CASE(jobs_never_queue_behind_jobs_that_wait) {
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<int> waiting = 0;
  WorkerPool pool(2);
  for (int i = 0; i < 40; ++i)
    pool.submit([&] {
      ++waiting;
      released.wait();
    });
  std::promise<void> ran;
  pool.submit([&] { ran.set_value(); });
  BOOST_TEST((ran.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready));
  BOOST_TEST(pool.threads() >= 40U);
  release.set_value();
}

BOOST_AUTO_TEST_CASE(idle_threads_are_used_again) {
  WorkerPool pool(2);
  for (int i = 0; i < 100; ++i) {
    std::promise<void> ran;
    pool.submit([&] { ran.set_value(); });
    ran.get_future().wait();
  }
  BOOST_TEST(pool.threads() <= 10U);
}

BOOST_AUTO_TEST_CASE(what_was_submitted_is_done_before_the_pool_goes) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1);
    for (int i = 0; i < 50; ++i) pool.submit([&] { ++done; });
  }
  BOOST_TEST(done == 50);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
