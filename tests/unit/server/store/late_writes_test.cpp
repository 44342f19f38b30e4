#include "server/store/late_writes.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <thread>

#include "server/crypto/digest.h"
#include "tests/support/child_process.h"
#include "tests/support/full_disk.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const base::UserId kAda("ada-0001"), kBob("bob-0002");
const UsagePlace kPlace{"2026-11-24", "one", Provider::OpenAi, "gpt", "draft"};

RunRow run_row(const std::string& id, api::RunStatus status, const base::Clock& clock) {
  RunRow row;
  row.id = base::RunId(id);
  row.workflow_id = "draft";
  row.status = status;
  row.started_at = clock.now();
  return row;
}

struct Fixture {
  test::TempFolder folder;
  UserStores users{folder.path(), 4, crypto::sha256_text};
  base::SystemClock clock;
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);

  std::vector<RunRow> runs_of(const base::UserId& user) { return *(*users.open(user))->runs().list({}); }
  std::int64_t tokens_of(const base::UserId& user) {
    return *(*users.open(user))->usage().tokens_since(base::CredentialId("one"), "2026-11-01");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(late_writes, Fixture)

BOOST_AUTO_TEST_CASE(what_was_noted_is_there_after_a_flush) {
  LateWrites late(users, clock, log);
  late.note(kAda, run_row("r1", api::RunStatus::Running, clock));
  late.note(kAda, run_row("r1", api::RunStatus::Success, clock));
  late.note(kAda, kPlace, {1, 10, 5}, "2026-01-01");
  late.note(kAda, kPlace, {1, 20, 7}, "2026-01-01");
  late.flush(kAda);
  BOOST_REQUIRE(runs_of(kAda).size() == 1U);
  BOOST_TEST((runs_of(kAda)[0].status == api::RunStatus::Success));
  BOOST_TEST(tokens_of(kAda) == 42);
}

BOOST_AUTO_TEST_CASE(it_comes_to_the_disk_without_anybody_who_asks_for_it) {
  LateWrites late(users, clock, log);
  late.note(kAda, run_row("r1", api::RunStatus::Success, clock));
  late.note(kBob, kPlace, {1, 10, 5}, "2026-01-01");
  BOOST_TEST(test::eventually([&] { return runs_of(kAda).size() == 1 && tokens_of(kBob) == 15; }));
}

BOOST_AUTO_TEST_CASE(the_end_writes_what_is_left) {
  { LateWrites(users, clock, log).note(kAda, run_row("r1", api::RunStatus::Success, clock)); }
  BOOST_TEST(runs_of(kAda).size() == 1U);
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_or_counted_twice_when_many_note_and_flush) {
  LateWrites late(users, clock, log);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        late.note(kAda, run_row(std::to_string(t) + "-" + std::to_string(i), api::RunStatus::Success, clock));
        late.note(kAda, kPlace, {1, 1, 0}, "2026-01-01");
        if (i % 10 == t) late.flush(kAda);
      }
    });
  for (auto& thread : threads) thread.join();
  late.flush(kAda);
  BOOST_TEST((*users.open(kAda))->runs().list({.limit = 1000})->size() == 200U);
  BOOST_TEST(tokens_of(kAda) == 200);
}

// Regression: what could not be written was dropped, and with it the tokens that budgets count.
BOOST_AUTO_TEST_CASE(what_finds_no_room_waits_for_it) {
  LateWrites late(users, clock, log);
  (void)runs_of(kAda);  // the file is there and open
  {
    const test::FullDisk full;
    late.note(kAda, run_row("r1", api::RunStatus::Running, clock));
    late.note(kAda, kPlace, {1, 10, 5}, "2026-01-01");
    late.flush(kAda);
    late.note(kAda, run_row("r1", api::RunStatus::Success, clock));
    late.note(kAda, kPlace, {1, 20, 7}, "2026-01-01");
    late.flush(kAda);
    BOOST_TEST(runs_of(kAda).empty());
  }
  BOOST_REQUIRE(test::eventually([&] { return tokens_of(kAda) > 0; }));
  BOOST_TEST(tokens_of(kAda) == 42);
  BOOST_REQUIRE(runs_of(kAda).size() == 1U);
  BOOST_TEST((runs_of(kAda)[0].status == api::RunStatus::Success));
}

// Regression: whoever's folder could not be looked into was written for ever, and the one writer waited for them.
BOOST_AUTO_TEST_CASE(one_whose_file_cannot_be_reached_keeps_nobody_waiting) {
  const auto theirs = users.file_of(kAda).parent_path();
  std::filesystem::create_directories(theirs.parent_path());
  std::filesystem::create_symlink(theirs.filename(), theirs);  // leads to itself
  LateWrites late(users, clock, log);
  for (const auto* id : {"r1", "r2"}) {
    late.note(kAda, run_row(id, api::RunStatus::Success, clock));
    late.flush(kAda);
  }
  late.note(kAda, run_row("r3", api::RunStatus::Success, clock));
  late.note(kBob, run_row("r4", api::RunStatus::Success, clock));
  BOOST_TEST(test::eventually([&] { return runs_of(kBob).size() == 1; }));
}

// Regression: each person who ever ran something was remembered until the next start.
BOOST_AUTO_TEST_CASE(only_so_many_people_are_remembered_for_pruning) {
  PruningTurns turns;
  for (int write = 0; write < 50; ++write) BOOST_TEST(turns.comes(kAda) == (write == 0));
  BOOST_TEST(turns.comes(kAda));
  for (int i = 0; i < 10'000; ++i) BOOST_TEST(turns.comes(base::UserId(std::to_string(i))));
  BOOST_TEST(turns.people() <= PruningTurns::kMostPeople);
}

BOOST_AUTO_TEST_CASE(old_runs_go) {
  LateWrites late(users, clock, log, {.count = 3});
  for (int i = 0; i < 5; ++i) late.note(kAda, run_row(std::to_string(i), api::RunStatus::Success, clock));
  late.flush(kAda);
  BOOST_TEST(runs_of(kAda).size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
