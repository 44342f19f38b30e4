#include "server/llm/resolver.h"

#include <pthread.h>

#include <boost/test/unit_test.hpp>
#include <future>
#include <memory>
#include <thread>

using namespace ownkey;
using namespace ownkey::llm;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

using Addresses = std::vector<SocketAddress>;

// A name service that says nothing until it is told to. Look-ups under way keep what they need of it.
class SilentNameService {
 public:
  Resolver resolver() const {
    return patient_resolver([state = state_](const std::string&, int) -> Result<Addresses> {
      state->released.wait();
      return Addresses(1);
    });
  }
  void release() { state_->release.set_value(); }

 private:
  struct State {
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

// While it lives, no thread can be made: a stack of the default size is larger than the address space.
class NoThreads {
 public:
  NoThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    pthread_attr_init(&huge);
    pthread_attr_setstacksize(&huge, std::size_t{1} << 47);
    BOOST_REQUIRE(pthread_setattr_default_np(&huge) == 0);
    pthread_attr_destroy(&huge);
  }
  ~NoThreads() {
    pthread_setattr_default_np(&before_);
    pthread_attr_destroy(&before_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t before_{};
};

Deadline in(milliseconds time) { return steady_clock::now() + time; }

Result<Addresses> ask(const Resolver& resolver, const std::string& host, milliseconds patience) {
  return resolver(host, 443, in(patience), {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resolver)

BOOST_AUTO_TEST_CASE(a_dead_name_service_cannot_take_more_than_its_share_of_threads) {
  SilentNameService names;
  const auto resolver = names.resolver();
  for (std::size_t i = 0; i < kMaxLookUps; ++i) BOOST_TEST(!ask(resolver, std::to_string(i) + ".example.com", {}));
  const auto refused = ask(resolver, "one-more.example.com", seconds(30));
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(refused.error().log_text == "too many name lookups under way");
  names.release();
  const auto deadline = in(seconds(10));
  while (!ask(resolver, "one-more.example.com", seconds(10)) && steady_clock::now() < deadline)
    std::this_thread::yield();
  BOOST_TEST(bool(ask(resolver, "one-more.example.com", seconds(10))));
}

BOOST_AUTO_TEST_CASE(those_who_ask_for_the_same_name_share_a_look_up) {
  SilentNameService names;
  const auto resolver = names.resolver();
  for (std::size_t i = 0; i <= kMaxLookUps; ++i)
    BOOST_TEST(ask(resolver, "api.example.com", {}).error().log_text == "name lookup timed out");
  names.release();
  BOOST_TEST(bool(ask(resolver, "api.example.com", seconds(10))));
}

BOOST_AUTO_TEST_CASE(a_cancel_ends_the_wait_for_a_name) {
  SilentNameService names;
  const auto resolver = names.resolver();
  base::CancelSource source;
  auto answer =
      std::async(std::launch::async, [&] { return resolver("api.example.com", 443, in(seconds(30)), source.token()); });
  source.cancel();
  BOOST_TEST((answer.wait_for(seconds(5)) == std::future_status::ready));
  BOOST_TEST(!answer.get());
  names.release();
}

BOOST_AUTO_TEST_CASE(without_a_thread_to_be_had_a_name_is_unreachable_and_the_server_lives) {
  const auto resolver = patient_resolver([](const std::string&, int) -> Result<Addresses> { return Addresses(1); });
  {
    const NoThreads none;
    const auto refused = ask(resolver, "api.example.com", seconds(10));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == ErrorKind::ProviderUnreachable));
  }
  BOOST_TEST(bool(ask(resolver, "api.example.com", seconds(10))));
}

BOOST_AUTO_TEST_SUITE_END()
