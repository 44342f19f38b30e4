#include "server/http/worker_pool.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <system_error>
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
  constexpr std::size_t kJobs = 1000;
  for (std::size_t i = 0; i < kJobs; ++i) {
    std::promise<void> ran;
    pool.submit([&] { ran.set_value(); });
    ran.get_future().wait();
  }
  // A thread that has done its job may not be idle yet when the next one comes, on a busy machine above all.
  BOOST_TEST(pool.threads() <= kJobs / 10);
}

BOOST_AUTO_TEST_CASE(what_was_submitted_is_done_before_the_pool_goes) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1);
    for (int i = 0; i < 50; ++i) pool.submit([&] { ++done; });
  }
  BOOST_TEST(done == 50);
}

// Regression: a thread that could not be had ended the process.
BOOST_AUTO_TEST_CASE(jobs_wait_for_a_thread_where_the_system_gives_no_more) {
  std::atomic<int> threads = 0;
  const auto start_two = [&](std::function<void()> run) {
    if (++threads > 2) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(std::move(run));
  };
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1, start_two);
    for (int i = 0; i < 10; ++i)
      pool.submit([&] {
        released.wait();
        ++done;
      });
    BOOST_TEST(pool.threads() == 2U);
    BOOST_TEST(threads > 2);
    release.set_value();
  }
  BOOST_TEST(done == 10);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
