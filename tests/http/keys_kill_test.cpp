// Rotations that are killed anywhere: each data key and each stored key opens afterwards, and the next run ends the
// work.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <thread>

#include "server/vault/key_doctor.h"
#include "tests/support/command.h"
#include "tests/support/rotation_fixture.h"

using namespace ownkey;

namespace {

constexpr int kKills = 25;  // for each command

struct Fixture : test::RotationFixture {
  std::vector<base::UserId> people;
  const vault::KeyRing both = start_with(k1 + "," + k2);  // notes k2, as a server does

  Fixture() {
    for (int i = 0; i < 15; ++i) {
      people.push_back(add_user());
      save(people.back(), Provider::OpenAi, "sk-openai-" + people.back().text());
      save(people.back(), Provider::Google, "AQ.google-" + people.back().text());
    }
  }

  // `ownkey keys` with these arguments, on this data.
  std::vector<std::string> command(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {test::ownkey_program(), "keys"});
    arguments.insert(arguments.end(), {"--data", folder.path().string()});
    return arguments;
  }
  static test::ChildProcess::Environment first(const std::string& primary, const std::string& other) {
    return {"OWNKEY_KEYS=" + primary + "," + other};
  }
  int finish(const std::vector<std::string>& arguments, const test::ChildProcess::Environment& environment) {
    test::ChildProcess process(arguments, environment);
    return process.wait();
  }

  // 0 when everything opens.
  std::int64_t unreadable() {
    const auto examined =
        vault::KeyDoctor(*accounts, users, both)
            .examine(
                vault::KeyDoctor::Depth::Values, [](const auto&) {}, [](const auto&) { return true; });
    BOOST_REQUIRE(examined);
    BOOST_TEST(examined->values.readable == 2 * static_cast<std::int64_t>(people.size()));
    return examined->data_keys.lost + examined->data_keys.needs_key + examined->values.lost +
           examined->values.needs_key;
  }

  // Runs the command again and again, and kills it at a random moment of its life.
  void kill_often(const std::vector<std::string>& arguments) {
    const auto start = std::chrono::steady_clock::now();
    BOOST_REQUIRE(finish(arguments, first(k2, k1)) == 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    std::mt19937 dice(20260101);
    std::uniform_int_distribution<std::int64_t> moment(0, whole.count());
    int killed = 0;
    for (int i = 0; i < kKills; ++i) {
      test::ChildProcess process(arguments, i % 2 == 0 ? first(k1, k2) : first(k2, k1));
      std::this_thread::sleep_for(std::chrono::microseconds(moment(dice)));
      killed += process.stop(SIGKILL) == 128 + SIGKILL ? 1 : 0;
      BOOST_REQUIRE(unreadable() == 0);
    }
    BOOST_TEST(killed > kKills / 2);
    BOOST_TEST(finish(arguments, first(k2, k1)) == 0);
    BOOST_TEST(unreadable() == 0);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keys_killed, Fixture)

BOOST_AUTO_TEST_CASE(a_killed_rotation_of_the_master_key_leaves_each_data_key_old_or_new) {
  for (int i = 0; i < 1000; ++i) add_user();  // without values: several batches of data keys
  kill_often(command({"rotate"}));
  const auto uses = test::value_of(accounts->master_key_use());
  BOOST_REQUIRE(uses.size() == 1U);
  BOOST_TEST(uses.front().master_key_id == 2U);
}

BOOST_AUTO_TEST_CASE(a_killed_rotation_of_data_keys_leaves_everything_readable) {
  kill_often(command({"rotate-data", "--all"}));
  vault::CredentialVault after(*accounts, users, both, random, clock);
  for (const auto& user : people) {
    BOOST_TEST(test::value_of(accounts->data_keys(user)).size() == 1U);
    for (const auto& info : test::value_of(after.list(user)))
      BOOST_TEST(after.open(user, info.id)->reveal() ==
                 (info.provider == Provider::OpenAi ? "sk-openai-" : "AQ.google-") + user.text());
  }
}

BOOST_AUTO_TEST_SUITE_END()
