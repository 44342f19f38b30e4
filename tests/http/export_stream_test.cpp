// The export of somebody who has much: it is written while it is read, and holds next to nothing of the server
// meanwhile.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "server/store/user_stores.h"
#include "tests/support/api_client.h"
#include "tests/support/execute_sql.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/raw_socket.h"
#include "tests/support/resident_memory.h"

using namespace ownkey;

namespace {

constexpr std::size_t kRuns = 40;
constexpr std::size_t kTextBytes = 150'000;  // of a run; its record holds it several times

// Somebody whose export is more than the buffers of a connection take.
struct Collector {
  test::ApiClient client;
  std::string id = client.get("/api/auth/me").body().at("id");

  Collector(const test::OwnkeyServer& server, const std::string& name)
      : client(test::ApiClient::of_new_user(server.port(), name)) {
    const std::string text(kTextBytes, 'x');
    for (std::size_t i = 0; i < kRuns; ++i) {
      const json draft{{"nodes",
                        {{{"id", "in"}, {"type", "input"}, {"data", {{"input", std::to_string(i) + text}}}},
                         {{"id", "out"}, {"type", "output"}}}},
                       {"edges", {{{"source", "in"}, {"target", "out"}}}}};
      const auto run = client.post("/api/workflows/draft/execute", draft);
      BOOST_REQUIRE_MESSAGE(run.body().at("status") == "success", run.text);
    }
  }

  std::string request() const {
    return test::get("/api/settings/export", "Authorization: Bearer " + client.token() + "\r\n");
  }
  // An export whose reader stops after its beginning.
  std::unique_ptr<test::RawSocket> begin_export(int port) const {
    auto reader = std::make_unique<test::RawSocket>(port);
    reader->send(request());
    BOOST_REQUIRE(reader->wait_readable());
    return reader;
  }
};

void check_runs(const json& exported) {
  const auto& runs = exported.at("runs");
  BOOST_REQUIRE(runs.size() == kRuns);
  for (std::size_t i = 0; i < kRuns; ++i)  // the newest first
    BOOST_TEST(runs.at(i).at("results").at("in").at("input").get<std::string>().starts_with(
        std::to_string(kRuns - 1 - i) + "x"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(export_stream)

BOOST_AUTO_TEST_CASE(many_runs_and_workflows_come_whole_and_in_order) {
  test::OwnkeyServer server;
  Collector ada(server, "ada");
  for (int i = 0; i < 5; ++i) {
    auto workflow = test::ask_workflow();
    workflow["name"] = "Number " + std::to_string(i);
    BOOST_REQUIRE(ada.client.post("/api/workflows", workflow).status == 201);
  }
  // More than are read at once of the audit log.
  for (int i = 0; i < 130; ++i)
    BOOST_REQUIRE(ada.client.patch("/api/settings/profile", {{"full_name", "Ada " + std::to_string(i)}}).status == 200);
  const auto exported = ada.client.get("/api/settings/export").body();
  check_runs(exported);
  for (const auto& run : {exported.at("runs").front(), exported.at("runs").back()})
    BOOST_TEST((run == ada.client.get("/api/runs/" + run.at("run_id").get<std::string>()).body()));
  BOOST_TEST((exported.at("workflows") == ada.client.get("/api/workflows").body()));
  const auto& audit = exported.at("audit");
  BOOST_TEST(audit.size() > 130U);
  BOOST_TEST(std::ranges::is_sorted(audit, std::ranges::greater(),
                                    [](const json& entry) { return entry.at("sequence").get<int>(); }));
  BOOST_TEST(audit.back().at("sequence") == 1);
}

BOOST_AUTO_TEST_CASE(head_tells_what_would_come) {
  test::OwnkeyServer server;
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  for (int i = 0; i < 2; ++i) {
    const auto head = ada.send("HEAD", "/api/settings/export");
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.header("Content-Type") == "application/json");
    BOOST_TEST(head.header("Content-Disposition").starts_with("attachment"));
    BOOST_TEST(head.text == "");
  }
  BOOST_TEST(ada.get("/api/settings/export").body().contains("audit"));
}

// Regression: the whole export waited in memory for whoever read it, for as long as they liked.
BOOST_AUTO_TEST_CASE(slow_readers_hold_next_to_nothing_and_get_all) {
  test::OwnkeyServer server;
  std::vector<Collector> people;
  for (int i = 0; i < 6; ++i) people.emplace_back(server, "person" + std::to_string(i));
  // Without what is kept of the runs for a while.
  BOOST_REQUIRE(server.stop() == 0);
  server.start();
  const auto before = test::resident_mib(server.process());
  std::vector<std::unique_ptr<test::RawSocket>> readers;
  for (const auto& person : people) readers.push_back(person.begin_export(server.port()));
  double most = 0;
  for (int i = 0; i < 100; ++i) {
    most = std::max(most, test::resident_mib(server.process()));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  // All at once: whoever is not read for half a minute is given up, and a sanitizer may need that for the others.
  std::vector<std::future<test::Answer>> answers;
  for (const auto& reader : readers)
    answers.push_back(std::async(std::launch::async, [&reader] { return reader->answer(); }));
  std::size_t bytes = 0;
  for (auto& pending : answers) {
    const auto answer = pending.get();
    bytes += answer.body.size();
    check_runs(json::parse(answer.body));
  }
  const auto all_mib = static_cast<double>(bytes) / (1 << 20);
  BOOST_TEST_MESSAGE("exports of " << all_mib << " MiB took " << most - before << " MiB");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which keep what was given back
  BOOST_TEST(most - before < all_mib / 2);
#endif
}

BOOST_AUTO_TEST_CASE(a_person_has_one_export_at_a_time) {
  test::OwnkeyServer server;
  Collector ada(server, "ada");
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  {
    const auto reader = ada.begin_export(server.port());
    const auto second = ada.client.get("/api/settings/export");
    BOOST_TEST(second.status == 429);
    BOOST_TEST(second.code() == "rate_limited");
    BOOST_TEST(second.detail().find("wait") != std::string::npos, second.detail());
    BOOST_TEST(bob.get("/api/settings/export").status == 200);
    check_runs(json::parse(reader->answer().body));
    BOOST_TEST(ada.client.get("/api/settings/export").status == 200);
  }
  ada.begin_export(server.port());  // and leave
  BOOST_TEST(test::eventually([&] { return ada.client.get("/api/settings/export").status == 200; }));
}

BOOST_AUTO_TEST_CASE(an_export_that_fails_in_the_middle_is_seen_to_be_incomplete) {
  test::OwnkeyServer server;
  Collector ada(server, "ada");
  const auto reader = ada.begin_export(server.port());
  test::execute_sql(store::user_file(server.data(), base::UserId(ada.id)), "ALTER TABLE runs RENAME TO gone");
  const auto rest = reader->rest();
  BOOST_TEST(rest.find("ownkey-export") != std::string::npos);
  BOOST_TEST(!rest.ends_with("0\r\n\r\n"));
  BOOST_TEST(reader->was_reset());
  BOOST_TEST(server.log().find("no such table: runs") != std::string::npos);
  // Seen before the answer begins, it is a problem as any other.
  const auto next = ada.client.get("/api/settings/export");
  BOOST_TEST(next.status == 500);
  BOOST_TEST(next.header("Content-Type") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(an_export_ends_with_its_session) {
  test::OwnkeyServer server;
  Collector ada(server, "ada");
  const auto reader = ada.begin_export(server.port());
  BOOST_REQUIRE(ada.client.post("/api/auth/logout").status == 204);
  const auto rest = reader->rest();
  BOOST_TEST(!rest.ends_with("0\r\n\r\n"));
  BOOST_TEST(reader->was_reset());
}

BOOST_AUTO_TEST_SUITE_END()
