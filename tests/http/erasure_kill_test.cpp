// Deletions of accounts that are killed anywhere: afterwards the person is there with everything, or gone with
// everything.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/marked_person.h"

using namespace ownkey;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kKills = 25;

// Asks for the deletion, on a thread of its own.
class Deletion {
 public:
  Deletion(test::OwnkeyServer& server, const test::MarkedPerson& person)
      : log_(server.data() / "accounts.db-wal"), thread_([this, port = server.port(), token = person.client.token()] {
          test::ApiClient client(port);
          client.use_token(token);
          try {
            answered_ = client.send("DELETE", "/api/settings/account", test::deletion().dump()).status == 204;
          } catch (const std::exception&) {
            // The server was killed before it could answer.
          }
          over_ = true;
        }) {}
  ~Deletion() {
    if (thread_.joinable()) thread_.join();
  }

  // Until its first change is written, once the password has been checked: a server that has just started has an empty
  // log.
  void wait_for_beginning() const {
    std::error_code error;
    while (!over_ && std::filesystem::file_size(log_, error) == 0) std::this_thread::yield();
  }
  bool was_answered() {
    if (thread_.joinable()) thread_.join();
    return answered_;
  }

 private:
  const std::filesystem::path log_;
  std::atomic<bool> answered_ = false, over_ = false;
  std::thread thread_;
};

bool is_known(int port, const test::MarkedPerson& person) {
  test::ApiClient client(port);
  return client.post("/api/auth/login", {{"email", person.email()}, {"password", test::kPassword}}).status == 200;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure_killed)

BOOST_AUTO_TEST_CASE(a_killed_deletion_leaves_all_or_nothing) {
  test::OwnkeyServer server;
  std::vector<std::unique_ptr<test::MarkedPerson>> people;
  for (int i = 0; i <= kKills; ++i) {
    people.push_back(std::make_unique<test::MarkedPerson>(server, "person" + std::to_string(100 + i)));
    people.back()->note_data_keys(server.data());
  }
  BOOST_REQUIRE(server.stop() == 0);
  server.start();
  const auto start = Clock::now();
  Deletion whole_one(server, *people.back());
  whole_one.wait_for_beginning();
  const auto beginning = Clock::now();
  BOOST_REQUIRE(whole_one.was_answered());
  const auto end = Clock::now();
  test::check_that_nothing_is_left(server.data(), *people.back());
  people.pop_back();

  std::mt19937 dice(20260101);
  // A moment of this time, or shortly after.
  const auto moment_of = [&](Clock::duration whole) {
    const auto most = std::chrono::duration_cast<std::chrono::microseconds>(whole).count() * 12 / 10;
    return std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, most)(dice));
  };
  int gone = 0, answered = 0, count = 0;
  for (const auto& person : people) {
    Deletion deletion(server, *person);
    // Most of the time goes into checking the password; what is of interest comes after it.
    if (++count % 5 == 0) {
      std::this_thread::sleep_for(moment_of(end - start));
    } else {
      deletion.wait_for_beginning();
      std::this_thread::sleep_for(moment_of(end - beginning));
    }
    server.stop(SIGKILL);
    const bool was_answered = deletion.was_answered();
    server.start();
    const bool known = is_known(server.port(), *person);
    BOOST_TEST(!(was_answered && known));
    if (known) test::check_that_all_is_there(server.port(), *person);
    else test::check_that_nothing_is_left(server.data(), *person);
    gone += known ? 0 : 1;
    answered += was_answered ? 1 : 0;
    if (known) {
      BOOST_REQUIRE(server.stop() == 0);
      server.start();
    }
  }
  BOOST_TEST_MESSAGE(gone << " of " << kKills << " gone, " << answered << " answered");
  BOOST_TEST(gone > 0);
  BOOST_TEST(answered < kKills);
}

BOOST_AUTO_TEST_SUITE_END()
