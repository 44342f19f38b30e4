// Deleting an account: nothing of it is left in any file, nothing of it goes on, and nobody else notices.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/support/command.h"
#include "tests/support/marked_person.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;

namespace {

using Clock = std::chrono::steady_clock;
using test::kPassword;

constexpr auto kPatience = std::chrono::seconds(5);  // how long requests of a user who is gone may go on

// A run that would go on for as long as it may.
const std::string kStall = R"({"initial_inputs":{"input":"[sim:stall-in-stream]"}})";

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"}, bob{server, "bobnoyce"};

  test::ApiAnswer erase(test::MarkedPerson& person, const std::string& password = kPassword) {
    return person.client.send("DELETE", "/api/settings/account", test::deletion(password).dump());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(erasure_api, Fixture)

BOOST_AUTO_TEST_CASE(nothing_of_a_deleted_account_is_left_and_nobody_else_notices) {
  ada.note_data_keys(server.data());
  bob.note_data_keys(server.data());
  for (const auto& trace : {ada.id, ada.email(), "Dr. " + ada.name, ada.mask(), ada.wrapped_data_keys.front()})
    BOOST_TEST(!test::files_with(server.data(), trace).empty());  // the search itself can find
  const auto answer = erase(ada);
  BOOST_TEST(answer.status == 204);
  test::check_that_nothing_is_left(server.data(), ada);
  test::check_that_all_is_there(server.port(), bob);
  BOOST_TEST(!test::files_with(server.data(), bob.wrapped_data_keys.front()).empty());
  BOOST_TEST(server.stop() == 0);
  test::check_that_nothing_is_left(server.data(), ada);
  server.start();
  test::check_that_all_is_there(server.port(), bob);
  test::check_that_nothing_is_left(server.data(), ada);
}

BOOST_AUTO_TEST_CASE(a_backup_made_afterwards_holds_nothing_of_a_deleted_account) {
  ada.note_data_keys(server.data());
  bob.note_data_keys(server.data());
  BOOST_REQUIRE(erase(ada).status == 204);
  const test::TempFolder folder;
  const auto backup = folder.path() / "backup";
  const auto made = test::run_ownkey({"backup", backup.string(), "--data", server.data().string()});
  BOOST_REQUIRE_MESSAGE(made.status == 0, made.err);
  test::check_that_nothing_is_left(backup, ada);
  BOOST_TEST(!test::files_with(backup, bob.wrapped_data_keys.front()).empty());
}

BOOST_AUTO_TEST_CASE(every_session_of_the_account_ends_with_it) {
  test::ApiClient second(server.port());
  const json login{{"email", ada.email()}, {"password", kPassword}};
  second.use_token(second.post("/api/auth/login", login).body().at("access_token"));
  BOOST_REQUIRE(second.get("/api/auth/me").status == 200);
  BOOST_REQUIRE(erase(ada).status == 204);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
  BOOST_TEST(second.get("/api/workflows").status == 401);
  BOOST_TEST(second.post("/api/auth/login", login).status == 401);
  BOOST_TEST(erase(ada).status == 401);
}

BOOST_AUTO_TEST_CASE(the_page_is_told_to_forget) {
  test::ApiClient page(server.port());
  const httplib::Headers same_origin{
      {"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-origin"}, {"Content-Type", "application/json"}};
  const json login{{"email", ada.email()}, {"password", kPassword}, {"session", "cookie"}};
  const auto signed_in = page.send("POST", "/api/auth/login", login.dump(), same_origin);
  BOOST_REQUIRE(signed_in.status == 200);
  auto headers = same_origin;
  const auto cookie = signed_in.header("Set-Cookie");
  headers.emplace("Cookie", cookie.substr(0, cookie.find(';')));
  auto forged = headers;
  forged.erase("Sec-Fetch-Site");
  BOOST_TEST(page.send("DELETE", "/api/settings/account", test::deletion().dump(), forged).code() == "csrf_rejected");
  const auto answer = page.send("DELETE", "/api/settings/account", test::deletion().dump(), headers);
  BOOST_TEST(answer.status == 204);
  BOOST_TEST(!answer.header("Clear-Site-Data").empty());
  BOOST_TEST(answer.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_address_of_mail_is_free_for_a_new_account_that_sees_nothing) {
  BOOST_REQUIRE(erase(ada).status == 204);
  test::ApiClient again(server.port());
  const auto answer = again.post("/api/auth/register", {{"email", ada.email()}, {"password", kPassword}});
  BOOST_REQUIRE(answer.status == 201);
  again.use_token(answer.body().at("access_token"));
  BOOST_TEST(answer.body().at("user").at("id") != ada.id);
  BOOST_TEST(again.get("/api/settings/credentials").body() == json::array());
  BOOST_TEST(again.get("/api/workflows").body() == json::array());
}

BOOST_AUTO_TEST_CASE(a_session_alone_does_not_do_and_cannot_guess) {
  BOOST_TEST(ada.client.remove("/api/settings/account").status == 415);
  BOOST_TEST(ada.client.send("DELETE", "/api/settings/account", "{}").field() == "current_password");
  auto answer = erase(ada, "wrong horse");
  BOOST_TEST(answer.status == 403);
  BOOST_TEST(answer.code() == "forbidden");
  BOOST_TEST(answer.field() == "current_password");
  for (int i = 0; i < 12 && answer.status != 429; ++i) answer = erase(ada, "wrong horse");
  BOOST_TEST(answer.status == 429);
  BOOST_TEST(erase(ada).status == 429);
  // Not even by way of signing in.
  test::ApiClient other(server.port());
  BOOST_TEST(other.post("/api/auth/login", {{"email", ada.email()}, {"password", kPassword}}).status == 429);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);
}

BOOST_AUTO_TEST_CASE(runs_and_streams_of_the_account_end_at_once) {
  test::ApiClient second(server.port());
  const json login{{"email", ada.email()}, {"password", kPassword}};
  second.use_token(second.post("/api/auth/login", login).body().at("access_token"));
  std::vector<Clock::time_point> ends(2);
  std::string streamed;
  std::thread stream([&] {
    test::ApiClient watcher(server.port());
    watcher.use_token(ada.client.token());
    streamed = watcher.send("POST", ada.form(), kStall, {{"Accept", "text/event-stream"}}).text;
    ends[0] = Clock::now();
  });
  std::thread run([&] {
    (void)second.send("POST", ada.form(), kStall);
    ends[1] = Clock::now();
  });
  BOOST_REQUIRE(test::eventually([&] { return server.seen_by_provider().seen().size() == 2; }));
  const auto begun = Clock::now();
  BOOST_TEST(erase(ada).status == 204);
  stream.join();
  run.join();
  for (const auto end : ends) BOOST_TEST((end - begun < kPatience));
  BOOST_TEST(streamed.find("event: run.finished") != std::string::npos);
  test::check_that_nothing_is_left(server.data(), ada);
}

// Each is a person who deletes their account while their own runs are under way.
BOOST_AUTO_TEST_CASE(runs_meanwhile_fail_cleanly_and_bring_nothing_back) {
  for (int round = 0; round < 4; ++round) {
    test::MarkedPerson person(server, "runner" + std::to_string(round));
    person.note_data_keys(server.data());
    std::atomic<bool> over = false;
    std::vector<std::thread> runners;
    std::atomic<int> odd = 0;
    for (int i = 0; i < 3; ++i)
      runners.emplace_back([&] {
        test::ApiClient client(server.port());
        client.use_token(person.client.token());
        // A connection kept open may close as its session ends, which is no answer to the next request on it.
        const httplib::Headers once{{"Connection", "close"}};
        const auto key = json{{"provider", "openai"}, {"api_key", person.key}}.dump();
        while (!over) {
          const auto run = client.send("POST", person.form(), {}, once);
          const auto saved = client.send("POST", "/api/settings/credentials", key, once);
          for (const auto& answer : {run, saved})
            if (answer.status != 200 && answer.status != 401 && answer.status != 404) ++odd;
        }
      });
    BOOST_TEST(erase(person).status == 204);
    over = true;
    for (auto& runner : runners) runner.join();
    BOOST_TEST(odd == 0);
    test::check_that_nothing_is_left(server.data(), person);
  }
  test::check_that_all_is_there(server.port(), bob);
}

BOOST_AUTO_TEST_SUITE_END()
