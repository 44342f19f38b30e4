// Deletions of accounts that are killed anywhere: afterwards the person is there with everything, or gone with
// everything.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/marked_person.h"

using namespace ownkey;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kKills = 25;

// Asks for the deletion and does not wait for the answer.
class Deletion {
 public:
  Deletion(int port, const test::MarkedPerson& person)
      : thread_([this, port, token = person.client.token()] {
          test::ApiClient client(port);
          client.use_token(token);
          try {
            answered_ = client.send("DELETE", "/api/settings/account", test::deletion().dump()).status == 204;
          } catch (const std::exception&) {
            // The server was killed before it could answer.
          }
        }) {}
  bool was_answered() {
    thread_.join();
    return answered_;
  }

 private:
  bool answered_ = false;
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
  const auto start = Clock::now();
  BOOST_REQUIRE(Deletion(server.port(), *people.back()).was_answered());
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  test::check_that_nothing_is_left(server.data(), *people.back());
  people.pop_back();

  std::mt19937 dice(20260101);
  // Most of the time goes into hashing the password; what is of interest comes after it.
  std::uniform_int_distribution<std::int64_t> moment(whole.count() / 2, whole.count() * 11 / 10);
  int gone = 0, answered = 0;
  for (const auto& person : people) {
    Deletion deletion(server.port(), *person);
    std::this_thread::sleep_for(std::chrono::microseconds(moment(dice)));
    server.stop(SIGKILL);
    const bool was_answered = deletion.was_answered();
    server.start();
    const bool known = is_known(server.port(), *person);
    BOOST_TEST(!(was_answered && known));
    if (known) test::check_that_all_is_there(server.port(), *person);
    else test::check_that_nothing_is_left(server.data(), *person);
    gone += known ? 0 : 1;
    answered += was_answered ? 1 : 0;
  }
  BOOST_TEST_MESSAGE(gone << " of " << kKills << " gone, " << answered << " answered");
  BOOST_TEST(gone > 0);
  BOOST_TEST(gone < kKills);
}

BOOST_AUTO_TEST_SUITE_END()
