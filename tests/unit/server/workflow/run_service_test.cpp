#include "server/workflow/run_service.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <new>
#include <set>
#include <thread>

#include "server/workflow/run_history.h"
#include "tests/support/child_process.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/full_disk.h"

using namespace ownkey;
using namespace ownkey::workflow;
using test::edge;
using test::eventually;
using test::node;
using test::value_of;

namespace {

const std::string kAdasKey = "sk-sim-openai-of-ada-0123456789";
const std::string kBobsKey = "sk-sim-openai-of-bob-0123456789";
const base::WorkflowId kTheDraft{std::string(kDraft)};

// Time passes, and somebody sets the clock on the wall. The steady one can fail, in the place of all that may at a
// run's end.
struct SettableClock final : base::Clock {
  base::Time now() const override { return base::SystemClock().now() + ahead.load(); }
  std::chrono::steady_clock::time_point steady() const override {
    if (failures > 0 && --failures >= 0) throw std::bad_alloc();
    return base::Clock::steady();
  }

  std::atomic<std::chrono::milliseconds> ahead{};
  mutable std::atomic<int> failures = 0;
};

// A service over a history, as one start of a server has it.
struct Server {
  Server(test::ExecutorFixture& f, std::string process, QueueLimits limits = {}, RunLimits run_limits = {},
         std::size_t threads = 64)
      : history(f.users, f.late, std::move(process)),
        queue(limits),
        workflows(f.users, f.random, f.system_clock),
        preferences(f.users, f.system_clock),
        background(threads),
        runs({workflows, preferences, *f.service, f.executor, queue, history, background, f.random, clock},
             run_limits) {}
  ~Server() { runs.stop(); }

  json read(const base::UserId& user, const base::RunId& id) { return json::parse(value_of(runs.get(user, id))); }

  SettableClock clock;
  RunHistory history;
  RunQueue queue;
  Workflows workflows;
  accounts::Preferences preferences;
  NodeWorkers background;
  RunService runs;
};

struct Fixture : test::ExecutorFixture {
  base::UserId bob = add_user("bob");

  Fixture() {
    save(ada, Provider::OpenAi, kAdasKey);
    save(bob, Provider::OpenAi, kBobsKey);
  }

  static api::ExecuteRequest ask(const std::string& text) {
    api::ExecuteRequest request;
    request.nodes =
        std::vector<json>{node("in", "input", {{"input", text}}), node("ask", "llm", {{"model", "gpt-5.5"}})};
    request.edges = std::vector<json>{edge("in", "ask")};
    return request;
  }

  static base::RunId start(Server& server, const base::UserId& user, const std::string& text) {
    return value_of(server.runs.start(value_of(server.runs.prepare(user, kTheDraft, ask(text)))));
  }

  static std::string status(Server& server, const base::UserId& user, const base::RunId& id) {
    return server.read(user, id).at("status");
  }
};

constexpr std::chrono::seconds kSoon(1);

bool is_over(const std::string& status) { return status != "running" && status != "queued"; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run_service, Fixture)

BOOST_AUTO_TEST_CASE(a_run_goes_on_alone_and_is_found_in_the_history_with_logs_and_receipt) {
  Server server(*this, "p1");
  const auto id = start(server, ada, "hello");
  BOOST_REQUIRE(eventually([&] { return status(server, ada, id) == "success"; }));
  const auto run = server.read(ada, id);
  BOOST_TEST(run.at("results").at("ask").at("generated_text") == "gpt-5.5 (simulated) heard: hello");
  BOOST_TEST(run.at("logs").at(1).at("key").at("masked_key") == "sk-...6789");
  BOOST_TEST(run.at("usage").at("output_tokens").get<int>() > 0);
  BOOST_TEST(run.contains("finished_at"));
  BOOST_TEST(run.dump().find(kAdasKey) == std::string::npos);
  const auto list = value_of(server.runs.list(ada, {}));
  BOOST_REQUIRE(list.size() == 1U);
  BOOST_TEST(list[0].run_id == id.text());
}

BOOST_AUTO_TEST_CASE(a_run_that_somebody_waited_for_is_in_the_history_too) {
  Server server(*this, "p1");
  const auto result = server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("hi"))), {});
  BOOST_TEST((result.status == api::RunStatus::Success));
  BOOST_TEST(status(server, ada, base::RunId(result.run_id)) == "success");
}

BOOST_AUTO_TEST_CASE(a_stored_workflow_runs_as_it_is_now_each_time) {
  Server server(*this, "p1");
  const auto drawing = [](const std::string& text) {
    api::SaveWorkflowRequest request;
    request.name = "says it";
    request.canvas_state = {{"nodes", json::array({node("say", "input", {{"input", text}})})},
                            {"edges", json::array()}};
    return request;
  };
  const auto id = base::WorkflowId(value_of(server.workflows.create(ada, drawing("one"), test::kClient)).id);
  const auto said = [&] {
    return server.runs.run(value_of(server.runs.prepare(ada, id, {})), {}).results.at("say").at("input");
  };
  for (int i = 0; i < 2; ++i) BOOST_TEST(said() == "one");
  value_of(server.workflows.replace(ada, id, drawing("two"), test::kClient));
  BOOST_TEST(said() == "two");
  BOOST_TEST((server.runs.prepare(bob, id, {}).error().kind == ErrorKind::NotFound));
  BOOST_REQUIRE(server.workflows.remove(ada, id, test::kClient));
  BOOST_TEST((server.runs.prepare(ada, id, {}).error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(nobody_sees_or_cancels_the_run_of_another) {
  Server server(*this, "p1");
  const auto id = start(server, ada, "[sim:stall]");
  BOOST_TEST((server.runs.get(bob, id).error().kind == ErrorKind::NotFound));
  BOOST_TEST((server.runs.cancel(bob, id).error().kind == ErrorKind::NotFound));
  BOOST_TEST((server.runs.watch(bob, id, 0).error().kind == ErrorKind::NotFound));
  BOOST_TEST(value_of(server.runs.list(bob, {})).empty());
  BOOST_TEST(status(server, ada, id) == "running");
}

BOOST_AUTO_TEST_CASE(runs_of_two_people_in_between_each_other_use_only_their_own_keys) {
  Server server(*this, "p1", {.per_user = 4, .at_once = 6, .waiting_per_user = 100});
  std::vector<std::pair<base::UserId, base::RunId>> started;
  for (int i = 0; i < 25; ++i) {
    started.emplace_back(ada, start(server, ada, "for ada " + std::to_string(i)));
    started.emplace_back(bob, start(server, bob, "for bob " + std::to_string(i)));
  }
  for (const auto& [user, id] : started)
    BOOST_REQUIRE(eventually([&] { return is_over(status(server, user, id)); }, std::chrono::seconds(30)));
  std::size_t of_ada = 0, of_bob = 0;
  for (const auto& request : seen.seen()) {
    of_ada += request.key == kAdasKey ? 1U : 0U;
    of_bob += request.key == kBobsKey ? 1U : 0U;
  }
  BOOST_TEST(of_ada == 25U);
  BOOST_TEST(of_bob == 25U);
  BOOST_TEST(seen.seen().size() == 50U);
}

BOOST_AUTO_TEST_CASE(what_is_beyond_the_limit_waits_with_its_position_and_can_be_cancelled_there) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 10, .waiting_per_user = 2});
  const auto running = start(server, ada, "[sim:stall]");
  const auto first = start(server, ada, "one"), second = start(server, ada, "two");
  auto run = server.read(ada, second);
  BOOST_TEST(run.at("status") == "queued");
  BOOST_TEST(run.at("position") == 2);
  const auto refused = server.runs.prepare(ada, kTheDraft, ask("three"));
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(bool(server.runs.cancel(ada, first)));
  BOOST_REQUIRE(eventually([&] { return status(server, ada, first) == "cancelled"; }));
  BOOST_TEST(server.read(ada, second).at("position") == 1);
  BOOST_TEST(bool(server.runs.cancel(ada, running)));
  BOOST_REQUIRE(eventually([&] { return status(server, ada, running) == "cancelled"; }));
  BOOST_REQUIRE(eventually([&] { return status(server, ada, second) == "success"; }));
  // Cancelling what is over changes nothing.
  BOOST_TEST(bool(server.runs.cancel(ada, second)));
  BOOST_TEST(status(server, ada, second) == "success");
}

BOOST_AUTO_TEST_CASE(a_cancel_reaches_the_provider_before_and_while_it_answers) {
  Server server(*this, "p1");
  for (const auto* prompt : {"[sim:stall]", "[sim:stall-in-stream] one two three"}) {
    seen.clear();
    const auto id = start(server, ada, prompt);
    BOOST_REQUIRE(eventually([&] { return !seen.seen().empty(); }));
    const auto asked = std::chrono::steady_clock::now();
    BOOST_TEST(bool(server.runs.cancel(ada, id)));
    BOOST_REQUIRE(eventually([&] { return status(server, ada, id) == "cancelled"; }));
    BOOST_TEST((std::chrono::steady_clock::now() - asked < std::chrono::seconds(2)));
  }
}

BOOST_AUTO_TEST_CASE(events_are_numbered_and_a_late_watcher_gets_them_all) {
  Server server(*this, "p1");
  const auto id = start(server, ada, "hello");
  const auto feed = value_of(server.runs.watch(ada, id, 0));
  BOOST_REQUIRE(eventually([&] { return is_over(status(server, ada, id)); }));
  const auto all = feed->after(0, std::chrono::seconds(5), {}).events;
  BOOST_TEST(all.front()->name == "run.started");
  BOOST_TEST(all.back()->name == "run.finished");
  for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(all[i]->id == static_cast<std::int64_t>(i) + 1);
  const auto again = value_of(server.runs.watch(ada, id, 2))->after(2, std::chrono::seconds(5), {});
  BOOST_TEST(again.events.size() == all.size() - 2);
  BOOST_TEST(again.is_last);
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_running_is_an_error_after_the_next_start) {
  base::RunId left;
  {
    RunHistory history(users, late, "before the crash");
    store::RunRow row;
    row.id = left = base::RunId("left-over");
    row.workflow_id = "w";
    row.started_at = system_clock.now();
    BOOST_REQUIRE(bool(history.put(ada, row)));
  }
  Server server(*this, "after the crash");
  const auto run = server.read(ada, left);
  BOOST_TEST(run.at("status") == "error");
  BOOST_TEST(run.at("error").at("code") == "interrupted");
  const auto list = value_of(server.runs.list(ada, {}));
  BOOST_REQUIRE(list.size() == 1U);
  BOOST_TEST(list[0].error.value().code == "interrupted");
  // Whoever had followed it up to some event hears of the end.
  const auto news = value_of(server.runs.watch(ada, left, 7))->after(7, std::chrono::seconds(1), {});
  BOOST_REQUIRE(news.events.size() == 1U);
  BOOST_TEST(news.events[0]->name == "run.finished");
}

// Regression: they were ended in the file, at the first look alone. When that found no room on the disk, they ran for
// ever.
BOOST_AUTO_TEST_CASE(what_a_crash_left_running_is_told_as_interrupted_while_the_disk_is_full) {
  const base::RunId left("left-over");
  store::RunRow row;
  row.id = left;
  row.workflow_id = "w";
  row.started_at = system_clock.now();
  BOOST_REQUIRE(RunHistory(users, late, "before the crash").put(ada, row));
  Server server(*this, "after the crash");
  const test::FullDisk full;
  BOOST_TEST(status(server, ada, left) == "error");
  BOOST_TEST(value_of(server.runs.list(ada, {})).at(0).error.value().code == "interrupted");
}

BOOST_AUTO_TEST_CASE(a_stop_ends_what_runs_and_calls_it_interrupted) {
  base::RunId id;
  {
    Server server(*this, "p1");
    id = start(server, ada, "[sim:stall]");
    BOOST_REQUIRE(eventually([&] { return !seen.seen().empty(); }));
    server.runs.stop();
    BOOST_TEST((server.runs.prepare(ada, kTheDraft, ask("x")).error().kind == ErrorKind::Busy));
  }
  Server next(*this, "p2");
  const auto run = next.read(ada, id);
  BOOST_TEST(run.at("status") == "error");
  BOOST_TEST(run.at("error").at("code") == "interrupted");
}

BOOST_AUTO_TEST_CASE(the_runs_of_one_person_that_nobody_waits_for_can_be_ended) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 10, .waiting_per_user = 10});
  const auto running = start(server, ada, "[sim:stall]"), waiting = start(server, ada, "x");
  const auto of_bob = start(server, bob, "[sim:stall]");
  server.runs.cancel_background(ada);
  for (const auto& id : {running, waiting})
    BOOST_TEST(eventually([&] { return status(server, ada, id) == "cancelled"; }));
  BOOST_TEST(status(server, bob, of_bob) == "running");
}

// Regression: each such failure kept a place in the queue for good.
BOOST_AUTO_TEST_CASE(a_run_that_could_not_be_noted_gives_its_turn_back) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 1});
  {
    auto prepared = value_of(server.runs.prepare(ada, kTheDraft, ask("x")));
    const test::FullDisk full;
    const auto refused = server.runs.start(std::move(prepared));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == ErrorKind::StorageFull));
  }
  const auto id = start(server, bob, "x");
  BOOST_TEST(eventually([&] { return status(server, bob, id) == "success"; }));
}

BOOST_AUTO_TEST_CASE(an_empty_workflow_is_stored_and_not_run) {
  Server server(*this, "p1");
  api::SaveWorkflowRequest empty;
  empty.name = "empty";
  empty.canvas_state = {{"nodes", json::array()}, {"edges", json::array()}};
  const auto stored = value_of(server.workflows.create(ada, empty, test::kClient));
  api::ExecuteRequest draft;
  draft.nodes = draft.edges = std::vector<json>();
  for (const auto& refused :
       {server.runs.prepare(ada, base::WorkflowId(stored.id), {}), server.runs.prepare(ada, kTheDraft, draft)}) {
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == ErrorKind::InvalidRequest));
  }
}

BOOST_AUTO_TEST_CASE(inputs_that_no_node_could_take_are_refused_at_once) {
  Server server(*this, "p1");
  auto request = ask("x");
  request.initial_inputs = json{{"input", std::string(3'000'000, 'x')}};
  const auto refused = server.runs.prepare(ada, kTheDraft, request);
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::LimitExceeded));
}

BOOST_AUTO_TEST_CASE(the_history_is_paged_and_pruned) {
  Server server(*this, "p1");
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i)
    ids.push_back(server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("x"))), {}).run_id);
  const auto page = value_of(server.runs.list(ada, {.limit = 2}));
  BOOST_REQUIRE(page.size() == 2U);
  const auto rest = value_of(server.runs.list(ada, {.before = base::RunId(page.back().run_id)}));
  BOOST_REQUIRE(rest.size() == 2U);
  std::set<std::string> all{page[0].run_id, page[1].run_id, rest[0].run_id, rest[1].run_id};
  BOOST_TEST((all == std::set<std::string>(ids.begin(), ids.end())));
  BOOST_TEST(value_of(server.runs.list(ada, {.workflow_id = "another"})).empty());
  // Not an empty page, which would say that there is nothing older.
  const auto unknown = server.runs.list(ada, {.before = base::RunId("unknown")});
  BOOST_REQUIRE(!unknown);
  BOOST_TEST(unknown.error().field == "before");
  const auto store = value_of(users.open(ada));
  BOOST_REQUIRE(bool(store->runs().prune({.count = 3, .bytes = 1 << 20, .since = {}})));
  BOOST_TEST(value_of(server.runs.list(ada, {})).size() == 3U);
  BOOST_REQUIRE(bool(store->runs().prune({.count = 3, .bytes = 1, .since = {}})));
  BOOST_TEST(value_of(server.runs.list(ada, {})).empty());
}

// Regression: an export that was slow broke off when the run that it stood at was pruned meanwhile.
BOOST_AUTO_TEST_CASE(whoever_reads_one_run_after_the_other_goes_on_where_one_was_pruned) {
  Server server(*this, "p1");
  for (int i = 0; i < 3; ++i) server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("x"))), {});
  const auto list = value_of(server.runs.list(ada, {}));
  const auto newest = value_of(server.runs.next_whole(ada, {})).value();
  BOOST_TEST(json::parse(newest.text) == server.read(ada, base::RunId(list.at(0).run_id)));
  const auto second = value_of(server.runs.next_whole(ada, newest.place)).value();
  BOOST_TEST(json::parse(second.text).at("run_id") == list.at(1).run_id);
  const auto store = value_of(users.open(ada));
  BOOST_REQUIRE(store->runs().prune({.count = 1, .bytes = 1 << 20, .since = {}}));
  BOOST_TEST(!value_of(server.runs.next_whole(ada, second.place)));
}

// Regression: nothing but a run that had ended ever went.
BOOST_AUTO_TEST_CASE(what_a_crash_left_behind_is_pruned_with_its_time) {
  const auto left = [&](const std::string& id, base::Time time) {
    store::RunRow row;
    row.id = base::RunId(id);
    row.workflow_id = "w";
    row.started_at = time;
    BOOST_REQUIRE(RunHistory(users, late, "before the crash").put(ada, row));
  };
  const auto now = system_clock.now();
  left("old", now - std::chrono::days(31));
  left("new", now);
  const auto store = value_of(users.open(ada));
  BOOST_REQUIRE(store->runs().prune({.count = 0, .bytes = 0, .since = now - std::chrono::days(30)}));
  Server server(*this, "p1");
  const auto kept = value_of(server.runs.list(ada, {}));
  BOOST_REQUIRE(kept.size() == 1U);
  BOOST_TEST(kept[0].run_id == "new");
}

// Regression: what was kept of a run was read with the limits of a request, and told as empty beyond them.
BOOST_AUTO_TEST_CASE(what_was_larger_or_deeper_than_a_request_may_be_is_read_back_whole) {
  Server server(*this, "p1");
  json deep = "end";
  for (int i = 0; i < 62; ++i) deep = json::array({deep});
  for (const auto& input : {json(std::vector<int>(55'000, 10)), deep}) {
    api::ExecuteRequest request;
    request.nodes = std::vector<json>{node("in", "input"), node("out", "output")};
    request.edges = std::vector<json>{edge("in", "out")};
    request.initial_inputs = json{{"list", input}};
    const auto result = server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, request)), {});
    BOOST_REQUIRE((result.status == api::RunStatus::Success));
    const auto run = server.read(ada, base::RunId(result.run_id));
    BOOST_TEST((run.at("results") == result.results));
    BOOST_TEST(run.at("logs").size() == 2U);
    BOOST_TEST(!run.contains("cut"));
    // Another start does not know its events any more.
    Server next(*this, "p2");
    const auto news = value_of(next.runs.watch(ada, base::RunId(result.run_id), 0))->after(0, kSoon, {});
    BOOST_REQUIRE(news.events.size() == 1U);
    BOOST_TEST((json::parse(news.events[0]->data).at("results") == result.results));
  }
}

// Regression: it took less than no time when the clock was set back meanwhile, and hours when it was set forward.
BOOST_AUTO_TEST_CASE(a_run_takes_as_long_as_it_takes_however_the_clock_is_set) {
  Server server(*this, "p1");
  for (const auto step : {std::chrono::hours(-3), std::chrono::hours(3)}) {
    const auto result = server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("x"))), {},
                                        [&, is_first = true](const NumberedEvent&) mutable {
                                          if (std::exchange(is_first, false)) server.clock.ahead = step;
                                        });
    const auto took = server.read(ada, base::RunId(result.run_id)).at("duration_ms").get<std::int64_t>();
    BOOST_TEST(took >= 0);
    BOOST_TEST(took < 60'000);
  }
}

// Regression: a run whose end threw kept its turn, and was under way for ever.
BOOST_AUTO_TEST_CASE(a_run_whose_end_fails_is_an_error_and_gives_its_turn_back) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 1});
  const auto fail = [&](int times) {
    return [&server, times](const NumberedEvent& event) {
      if (event.name == "node.finished") server.clock.failures = times;
    };
  };
  const auto result = server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("x"))), {}, fail(1));
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(server.read(ada, base::RunId(result.run_id)).at("error").at("code") == "internal");
  BOOST_CHECK_THROW(server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, ask("x"))), {}, fail(2)),
                    std::bad_alloc);
  server.clock.failures = 0;
  const auto next = start(server, ada, "x");
  BOOST_TEST(eventually([&] { return status(server, ada, next) == "success"; }));
  server.runs.stop();  // which waits for all that run
}

BOOST_AUTO_TEST_CASE(a_run_in_the_background_whose_end_fails_twice_is_over) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 1});
  const auto id = start(server, ada, "[sim:stall]");
  const auto feed = value_of(server.runs.watch(ada, id, 0));
  BOOST_REQUIRE(eventually([&] { return !seen.seen().empty(); }));
  server.clock.failures = 2;
  BOOST_REQUIRE(server.runs.cancel(ada, id));
  BOOST_TEST(eventually([&] { return feed->after(0, kSoon, {}).is_last; }));
  const auto next = start(server, ada, "x");
  BOOST_TEST(eventually([&] { return status(server, ada, next) == "success"; }));
}

// Regression: without a thread for it, it was told that the server has no room.
BOOST_AUTO_TEST_CASE(a_run_that_ends_in_the_queue_needs_no_thread_to_be_cancelled_or_interrupted) {
  base::RunId interrupted;
  {
    Server server(*this, "p1", {.per_user = 1, .at_once = 1}, {}, 1);
    start(server, ada, "[sim:stall]");
    const auto cancelled = start(server, ada, "x");
    interrupted = start(server, ada, "x");
    BOOST_REQUIRE(server.runs.cancel(ada, cancelled));
    BOOST_TEST(status(server, ada, cancelled) == "cancelled");
    BOOST_TEST(!server.read(ada, cancelled).contains("error"));
    server.runs.stop();
  }
  Server next(*this, "p2");
  BOOST_TEST(next.read(ada, interrupted).at("error").at("code") == "interrupted");
}

BOOST_AUTO_TEST_CASE(without_a_thread_each_run_of_the_queue_is_told_so) {
  Server server(*this, "p1", {.per_user = 1, .at_once = 1}, {}, 0);
  auto running = value_of(server.runs.prepare(ada, kTheDraft, ask("x")));
  std::vector<base::RunId> waiting;
  for (int i = 0; i < 3; ++i) waiting.push_back(start(server, ada, "x"));
  running.turn->give_back();
  for (const auto& id : waiting) BOOST_TEST(server.read(ada, id).at("error").at("code") == "rate_limited");
}

BOOST_AUTO_TEST_CASE(a_run_ends_at_its_time_limit_and_says_so) {
  Server server(*this, "p1", {}, {.timeout = std::chrono::seconds(60)});
  auto request = ask("[sim:stall]");
  request.timeout_s = 1;
  request.nodes->push_back(node("after", "output"));
  request.edges->push_back(edge("ask", "after"));
  const auto result = server.runs.run(value_of(server.runs.prepare(ada, kTheDraft, request)), {});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(result.logs[1].error->code == "limit_exceeded");
  BOOST_TEST(result.logs[1].error->detail.find("1 s") != std::string::npos);
  request.timeout_s = 0;
  BOOST_TEST(server.runs.prepare(ada, kTheDraft, request).error().field == "timeout_s");
  request.timeout_s.reset();
  request.token_budget = -1;
  BOOST_TEST(server.runs.prepare(ada, kTheDraft, request).error().field == "token_budget");
}

BOOST_AUTO_TEST_CASE(without_a_time_of_its_own_a_run_gets_that_of_the_persons_preferences) {
  Server server(*this, "p1", {}, {.timeout = std::chrono::seconds(60)});
  const auto limit_of = [&](const base::UserId& user, const api::ExecuteRequest& request) {
    return value_of(server.runs.prepare(user, kTheDraft, request)).limits.timeout.value().count();
  };
  const auto prefer = [&](int seconds) {
    api::Preferences preferences;
    preferences.run_timeout_s = seconds;
    value_of(server.preferences.put(ada, preferences, test::kClient));
  };
  auto request = ask("x");
  BOOST_TEST(limit_of(ada, request) == 60);
  prefer(20);
  BOOST_TEST(limit_of(ada, request) == 20);
  BOOST_TEST(limit_of(bob, request) == 60);
  request.timeout_s = 40;
  BOOST_TEST(limit_of(ada, request) == 40);
  request.timeout_s.reset();
  prefer(3000);  // beyond what the operator gives
  BOOST_TEST(limit_of(ada, request) == 60);
}

// 500 of them are in scripts/bench, with what they cost.
BOOST_AUTO_TEST_CASE(many_streams_at_once_lose_no_piece) {
  constexpr std::size_t kStreams = 60;
  Server server(*this, "p1", {.per_user = kStreams, .at_once = kStreams});
  std::vector<std::string> said(kStreams);
  std::vector<std::thread> readers;
  for (std::size_t i = 0; i < kStreams; ++i)
    readers.emplace_back([&, i] {
      auto prepared = server.runs.prepare(i % 2 == 0 ? ada : bob, kTheDraft, ask("number " + std::to_string(i)));
      (void)server.runs.run(value_of(std::move(prepared)), {}, [&](const NumberedEvent& event) {
        if (event.name == "node.delta") said[i] += json::parse(event.data).at("text").get<std::string>();
      });
    });
  for (auto& reader : readers) reader.join();
  for (std::size_t i = 0; i < kStreams; ++i)
    BOOST_TEST(said[i] == "gpt-5.5 (simulated) heard: number " + std::to_string(i));
}

BOOST_AUTO_TEST_SUITE_END()
