// Runs as programs see them: in the background, watched with interruptions, cancelled, listed, and after a crash.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/raw_socket.h"

using namespace ownkey;
using test::eventually;

namespace {

const std::string kKey = "sk-sim-openai-of-ada-0123456789-X8d2";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  Fixture() { BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200); }

  static json draft(const std::string& text) {
    return {{"nodes",
             {{{"id", "in"}, {"type", "input"}, {"data", {{"input", text}}}},
              {{"id", "ask"}, {"type", "llm"}, {"data", {{"model", "gpt-5.5"}}}}}},
            {"edges", {{{"source", "in"}, {"target", "ask"}}}}};
  }
  static std::string start(test::ApiClient& client, const std::string& text) {
    const auto answer = client.post("/api/workflows/draft/runs", draft(text));
    BOOST_REQUIRE_MESSAGE(answer.status == 202, answer.text);
    return answer.body().at("run_id");
  }
  static std::string status(test::ApiClient& client, const std::string& id) {
    return client.get("/api/runs/" + id).body().value("status", "");
  }
};

std::vector<int> ids_in(const std::string& events) {
  std::vector<int> ids;
  for (auto at = events.find("id: "); at != std::string::npos; at = events.find("\nid: ", at + 1))
    ids.push_back(std::stoi(events.substr(events.find(' ', at) + 1)));
  return ids;
}

// Each event with its data, in the order in which they came.
std::vector<std::pair<std::string, json>> events_in(const std::string& text) {
  std::vector<std::pair<std::string, json>> events;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("event: ")) events.emplace_back(line.substr(7), nullptr);
    if (line.starts_with("data: ")) events.back().second = json::parse(line.substr(6));
  }
  return events;
}

json passing_on(const std::string& text) {
  return {
      {"nodes", {{{"id", "in"}, {"type", "input"}, {"data", {{"input", text}}}}, {{"id", "out"}, {"type", "output"}}}},
      {"edges", {{{"source", "in"}, {"target", "out"}}}}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(runs_api, Fixture)

BOOST_AUTO_TEST_CASE(a_run_in_the_background_is_listed_and_read) {
  const auto workflow = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  const auto started = ada.post("/api/workflows/" + workflow + "/runs");
  BOOST_REQUIRE(started.status == 202);
  const auto id = started.body().at("run_id").get<std::string>();
  BOOST_REQUIRE(eventually([&] { return status(ada, id) == "success"; }));
  const auto run = ada.get("/api/runs/" + id).body();
  BOOST_TEST(run.at("results").at("out").at("generated_text") == "gpt-3.5-turbo (simulated) heard: hello");
  BOOST_TEST(run.at("logs").size() == 3U);
  const auto executed = ada.post("/api/workflows/" + workflow + "/execute").body().at("run_id").get<std::string>();
  start(ada, "a draft");
  const auto list = ada.get("/api/runs?workflow_id=" + workflow).body();
  BOOST_REQUIRE(list.size() == 2U);
  BOOST_TEST(list[0].at("run_id") == executed);
  BOOST_TEST(list[1].at("run_id") == id);
  BOOST_TEST(ada.get("/api/runs?limit=1").body().size() == 1U);
  BOOST_TEST(ada.get("/api/runs?workflow_id=" + workflow + "&before=" + executed).body().size() == 1U);
  BOOST_TEST(ada.get("/api/runs?limit=0").field() == "limit");
}

BOOST_AUTO_TEST_CASE(events_go_on_where_a_lost_connection_left_them) {
  const auto id = start(ada, "one two three four");
  const auto whole = ada.get("/api/runs/" + id + "/events");
  BOOST_TEST(whole.header("Content-Type").starts_with("text/event-stream"));
  const auto ids = ids_in(whole.text);
  BOOST_REQUIRE(ids.size() > 6U);
  for (std::size_t i = 0; i < ids.size(); ++i) BOOST_TEST(ids[i] == static_cast<int>(i) + 1);
  BOOST_TEST(whole.text.find("event: run.finished") != std::string::npos);
  const auto rest = ada.send("GET", "/api/runs/" + id + "/events", "", {{"Last-Event-ID", "4"}});
  BOOST_TEST((ids_in(rest.text) == std::vector<int>(ids.begin() + 4, ids.end())));
  const auto nothing =
      ada.send("GET", "/api/runs/" + id + "/events", "", {{"Last-Event-ID", std::to_string(ids.back())}});
  BOOST_TEST(nothing.status == 200);
  BOOST_TEST(ids_in(nothing.text).empty());
  BOOST_TEST(ada.send("GET", "/api/runs/" + id + "/events", "", {{"Last-Event-ID", "x"}}).status == 400);
}

// They leave in pieces, and not as one text.
BOOST_AUTO_TEST_CASE(large_outputs_reach_those_who_watch_whole_and_in_order) {
  std::string large;
  while (large.size() < 500'000) large += std::to_string(large.size()) + "; ";
  const auto stream =
      ada.send("POST", "/api/workflows/draft/execute", passing_on(large).dump(), {{"Accept", "text/event-stream"}});
  const auto started = ada.post("/api/workflows/draft/runs", passing_on(large));
  BOOST_REQUIRE(started.status == 202);
  const auto watched = ada.get("/api/runs/" + started.body().at("run_id").get<std::string>() + "/events");
  for (const auto& answer : {stream, watched}) {
    const auto ids = ids_in(answer.text);
    for (std::size_t i = 0; i < ids.size(); ++i) BOOST_TEST(ids[i] == static_cast<int>(i) + 1);
    const auto events = events_in(answer.text);
    BOOST_REQUIRE(events.size() == ids.size());
    std::vector<std::string> finished;
    for (const auto& [name, data] : events)
      if (name == "node.finished") finished.push_back(data.dump());
    BOOST_REQUIRE(finished.size() == 2U);
    for (const auto& data : finished) BOOST_TEST((data.find(large) != std::string::npos));
    BOOST_TEST(events.front().first == "run.started");
    BOOST_TEST(events.back().first == "run.finished");
    BOOST_TEST((events.back().second.at("results").at("out").dump().find(large) != std::string::npos));
  }
}

BOOST_AUTO_TEST_CASE(who_comes_late_to_a_run_of_large_outputs_still_gets_the_whole_result) {
  const std::string large(1'900'000, 'x');
  const auto id = ada.post("/api/workflows/draft/runs", passing_on(large)).body().at("run_id").get<std::string>();
  BOOST_REQUIRE(eventually([&] { return status(ada, id) == "success"; }));
  const auto events = events_in(ada.get("/api/runs/" + id + "/events").text);
  BOOST_REQUIRE(!events.empty());
  BOOST_TEST(events.back().first == "run.finished");
  BOOST_TEST((events.back().second.at("results").at("out").dump().find(large) != std::string::npos));
}

BOOST_AUTO_TEST_CASE(another_persons_run_is_not_there) {
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  const auto id = start(ada, "[sim:stall]");
  for (const auto* path : {"", "/events"}) BOOST_TEST(bob.get("/api/runs/" + id + path).status == 404);
  BOOST_TEST(bob.post("/api/runs/" + id + "/cancel").status == 404);
  BOOST_TEST(bob.get("/api/runs").body().empty());
  BOOST_TEST(status(ada, id) == "running");
}

BOOST_AUTO_TEST_CASE(a_cancel_ends_a_run_soon_and_a_logout_does_not) {
  const auto id = start(ada, "[sim:stall]");
  BOOST_REQUIRE(eventually([&] { return !server.seen_by_provider().seen().empty(); }));
  auto other = test::ApiClient(server.port());
  const auto signed_in =
      other.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", "correct horse"}}).body();
  other.use_token(signed_in.at("access_token"));
  // Whoever watches in a session that ends is let go; the run is not.
  std::atomic<bool> ended = false;
  std::jthread watcher([&, port = server.port(), token = other.token()] {
    test::ApiClient watching(port);
    watching.use_token(token);
    (void)watching.get("/api/runs/" + id + "/events");
    ended = true;
  });
  BOOST_TEST(!eventually([&] { return ended.load(); }, std::chrono::milliseconds(300)));
  BOOST_TEST(other.post("/api/auth/logout").status == 204);
  BOOST_TEST(eventually([&] { return ended.load(); }));
  BOOST_TEST(status(ada, id) == "running");
  const auto asked = std::chrono::steady_clock::now();
  BOOST_TEST(ada.post("/api/runs/" + id + "/cancel").status == 202);
  BOOST_TEST(eventually([&] { return status(ada, id) == "cancelled"; }));
  BOOST_TEST((std::chrono::steady_clock::now() - asked < std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_CASE(erasing_an_account_ends_its_runs) {
  start(ada, "[sim:stall]");
  BOOST_REQUIRE(eventually([&] { return !server.seen_by_provider().seen().empty(); }));
  const auto asked = std::chrono::steady_clock::now();
  BOOST_TEST(ada.send("DELETE", "/api/settings/account", R"({"current_password":"correct horse"})").status == 204);
  BOOST_TEST((std::chrono::steady_clock::now() - asked < std::chrono::seconds(5)));
  BOOST_TEST(ada.get("/api/runs").status == 401);
  BOOST_TEST(server.stop() == 0);
  BOOST_TEST(server.log().find("not written to the history") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_kill_in_the_middle_of_runs_leaves_none_running) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(start(ada, "[sim:stall]"));
  const auto done = start(ada, "quick");
  BOOST_REQUIRE(eventually([&] { return status(ada, done) == "success"; }));
  BOOST_REQUIRE(eventually([&] { return server.seen_by_provider().seen().size() == 4U; }));
  server.stop(SIGKILL);
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  for (const auto& id : ids) {
    const auto run = again.get("/api/runs/" + id).body();
    BOOST_TEST(run.at("status") == "error");
    BOOST_TEST(run.at("error").at("code") == "interrupted");
    BOOST_TEST(again.get("/api/runs/" + id + "/events").text.find("run.finished") != std::string::npos);
  }
  BOOST_TEST(status(again, done) == "success");
}

BOOST_AUTO_TEST_CASE(a_graceful_stop_ends_background_runs) {
  const auto id = start(ada, "[sim:stall]");
  BOOST_REQUIRE(eventually([&] { return !server.seen_by_provider().seen().empty(); }));
  BOOST_TEST(server.stop() == 0);
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(again.get("/api/runs/" + id).body().at("error").at("code") == "interrupted");
}

BOOST_AUTO_TEST_CASE(tools_and_examples_are_listed) {
  const auto tools = ada.get("/api/workflows/tools").body();
  BOOST_REQUIRE(tools.size() == 5U);
  for (const auto& tool : tools) {
    BOOST_TEST(!tool.at("description").get<std::string>().empty());
    BOOST_TEST(tool.at("args").at("type") == "object");
    BOOST_TEST(tool.at("available") == (tool.at("name") != "http_get"));
  }
  const auto examples = ada.get("/api/workflows/examples").body();
  BOOST_REQUIRE(examples.size() == 5U);
  for (const auto& example : examples)
    BOOST_TEST(ada.post("/api/workflows", {{"name", example.at("name")},
                                           {"description", example.at("description")},
                                           {"canvas_state", example.at("canvas_state")}})
                   .status == 201);
}

BOOST_AUTO_TEST_CASE(an_agent_shows_its_steps_on_the_way) {
  const json nodes{
      {{"id", "agent"},
       {"type", "agent"},
       {"data",
        {{"model", "gpt-5.5"}, {"prompt", R"([call:calculator {"expression":"6*7"}])"}, {"tools", {"calculator"}}}}}};
  const auto answer =
      ada.send("POST", "/api/workflows/draft/execute", json{{"nodes", nodes}, {"edges", json::array()}}.dump(),
               {{"Accept", "text/event-stream"}});
  std::size_t at = 0;
  for (const auto* part :
       {"run.started", "node.started", "event: node.tool_call", R"("expression":"6*7")", "event: node.tool_result",
        R"("result":42)", "node.finished", R"("steps":[)", "run.finished"}) {
    at = answer.text.find(part, at);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, part);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(runs_at_once)

BOOST_AUTO_TEST_CASE(beyond_the_operators_limit_a_run_waits_and_its_stream_says_so) {
  test::OwnkeyServer server({"--runs-per-user", "1"});
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const auto running = Fixture::start(ada, "[sim:stall]");
  const auto waiting = Fixture::start(ada, "x");
  BOOST_TEST(ada.get("/api/runs/" + waiting).body().at("position") == 1);
  std::string streamed;
  {
    std::jthread streaming([&] {
      test::ApiClient client(server.port());
      client.use_token(ada.token());
      streamed = client
                     .send("POST", "/api/workflows/draft/execute", Fixture::draft("y").dump(),
                           {{"Accept", "text/event-stream"}})
                     .text;
    });
    BOOST_TEST(eventually([&] { return ada.get("/api/runs").body().size() == 3U; }));
    BOOST_TEST(ada.post("/api/runs/" + running + "/cancel").status == 202);
  }
  BOOST_TEST(streamed.find("event: run.queued") != std::string::npos);
  BOOST_TEST(streamed.find(R"("status":"success")") != std::string::npos);
}

// Each stream is one event after another without a gap, and plain requests are answered meanwhile.
BOOST_AUTO_TEST_CASE(five_hundred_streams_at_once_lose_no_event) {
  constexpr std::size_t kStreams = 500;
  test::OwnkeyServer server({"--runs-per-user", "1000", "--runs-at-once", "1000"});
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  // One run that lasts until all watch it, and is then cancelled.
  const auto id = Fixture::start(ada, "[sim:stall]");
  std::atomic<std::size_t> complete = 0, begun = 0;
  std::vector<double> health_ms;
  {
    std::vector<std::jthread> watchers;
    for (std::size_t i = 0; i < kStreams; ++i)
      watchers.emplace_back([&, token = ada.token()] {
        test::ApiClient client(server.port());
        client.use_token(token);
        ++begun;
        const auto events = client.get("/api/runs/" + id + "/events").text;
        const auto ids = ids_in(events);
        bool in_order = ids.size() >= 4;
        for (std::size_t k = 0; k < ids.size(); ++k) in_order = in_order && ids[k] == static_cast<int>(k) + 1;
        if (in_order && events.find("run.finished") != std::string::npos) ++complete;
      });
    BOOST_TEST(eventually([&] { return begun == kStreams; }, std::chrono::seconds(30)));
    test::ApiClient plain(server.port());
    for (int i = 0; i < 100; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      BOOST_REQUIRE(plain.get("/healthz").status == 200);
      health_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    BOOST_TEST(ada.post("/api/runs/" + id + "/cancel").status == 202);
  }
  BOOST_TEST(complete == kStreams);
  std::ranges::sort(health_ms);
  BOOST_TEST_MESSAGE("healthz p50 " << health_ms[50] << " ms, p99 " << health_ms[98] << " ms");
}

BOOST_AUTO_TEST_SUITE_END()
