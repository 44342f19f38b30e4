// `ownkey user`, beside a running server and without one.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "server/base/clock.h"
#include "server/crypto/totp.h"
#include "tests/support/command.h"
#include "tests/support/marked_person.h"

using namespace ownkey;
using test::kPassword;

namespace {

const std::string kStall = R"({"initial_inputs":{"input":"[sim:stall-in-stream]"}})";

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"}, bob{server, "bobnoyce"};

  test::Ended user(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "user");
    arguments.insert(arguments.end(), {"--data", server.data().string()});
    return test::run_ownkey(arguments);
  }
  // With this line on its standard input.
  test::Ended user_with_input(const std::string& line, const std::string& arguments) {
    test::ChildProcess process({"/bin/sh", "-c",
                                "printf '%s\\n' '" + line + "' | " + test::ownkey_program() + " user " + arguments +
                                    " --data " + server.data().string()});
    process.wait();
    return {process.exit_status(), process.out(), process.err()};
  }
  test::ApiAnswer login(const std::string& password = kPassword, const json& more = json::object()) {
    json body{{"email", ada.email()}, {"password", password}};
    body.update(more);
    return test::ApiClient(server.port()).post("/api/auth/login", body);
  }
  // As the person reads it, who must be able to sign in.
  json audit(const std::string& password = kPassword) {
    test::ApiClient client(server.port());
    client.use_token(login(password).body().at("access_token"));
    return client.get("/api/settings/audit").body();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(user_command, Fixture)

BOOST_AUTO_TEST_CASE(users_are_listed_for_people_and_for_programs) {
  const auto text = user({"list"});
  BOOST_TEST(text.status == 0);
  BOOST_TEST(text.out.find(ada.email()) != std::string::npos);
  BOOST_TEST(text.out.find(bob.id) != std::string::npos);
  BOOST_REQUIRE(user({"disable", bob.id}).status == 0);
  const auto users = json::parse(user({"list", "--json"}).out).at("users");
  BOOST_REQUIRE(users.size() == 2U);
  for (const auto& entry : users) {
    BOOST_TEST((entry.at("disabled") == (entry.at("id") == bob.id)));
    BOOST_TEST(entry.contains("disabled_at") == (entry.at("id") == bob.id));
  }
}

BOOST_AUTO_TEST_CASE(a_disabled_account_lets_nobody_in_until_it_is_enabled) {
  const auto wrong = login("wrong horse");
  BOOST_REQUIRE(user({"disable", ada.email()}).status == 0);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
  BOOST_TEST(bob.client.get("/api/auth/me").status == 200);
  const auto refused = login();
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.detail().find("disabled") != std::string::npos);
  BOOST_TEST(login("wrong horse").detail() == wrong.detail());
  BOOST_TEST(login("wrong horse").status == wrong.status);
  BOOST_REQUIRE(user({"enable", ada.id}).status == 0);
  const auto entries = audit();
  std::vector<std::string> told;
  for (const auto& entry : entries)
    if (entry.at("who") == "operator") told.push_back(entry.at("action"));
  const std::vector<std::string> expected{"account.enabled", "account.disabled"};
  BOOST_TEST(told == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_disabled_user_has_running_ends_within_seconds) {
  std::string streamed;
  std::thread stream([&] {
    test::ApiClient watcher(server.port());
    watcher.use_token(ada.client.token());
    streamed = watcher.send("POST", ada.form(), kStall, {{"Accept", "text/event-stream"}}).text;
  });
  BOOST_TEST(test::eventually([&] { return !server.seen_by_provider().seen().empty(); }));
  const auto begun = std::chrono::steady_clock::now();
  BOOST_REQUIRE(user({"disable", ada.id}).status == 0);
  stream.join();
  BOOST_TEST((std::chrono::steady_clock::now() - begun < std::chrono::seconds(10)));
  BOOST_TEST(streamed.find("event: run.finished") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_new_random_password_takes_the_place_of_the_old_one) {
  const auto ended = user({"reset-password", ada.email(), "--json"});
  BOOST_REQUIRE(ended.status == 0);
  const auto password = json::parse(ended.out).at("password").get<std::string>();
  BOOST_TEST(password.size() >= 20U);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
  BOOST_TEST(login().status == 401);
  BOOST_TEST(login(password).status == 200);
  BOOST_TEST(audit(password).dump().find("password.changed") != std::string::npos);
  BOOST_TEST(test::files_with(server.data(), password).empty());
}

BOOST_AUTO_TEST_CASE(a_password_can_come_from_standard_input) {
  const auto ended = user_with_input("battery staple", "reset-password " + ada.id + " --from-stdin");
  BOOST_REQUIRE(ended.status == 0);
  BOOST_TEST(ended.out.find("battery staple") == std::string::npos);
  BOOST_TEST(login("battery staple").status == 200);
  BOOST_TEST(user_with_input("password", "reset-password " + ada.id + " --from-stdin").status == 1);
  BOOST_TEST(user_with_input("short", "reset-password " + ada.id + " --from-stdin").status == 1);
  BOOST_TEST(login("battery staple").status == 200);
}

BOOST_AUTO_TEST_CASE(a_second_factor_is_reset_for_who_lost_it) {
  const auto path = std::string("/api/settings/two-factor");
  const auto setup = ada.client.post(path + "/setup", {{"current_password", kPassword}}).body();
  const auto code =
      crypto::totp_code(Secret(setup.at("secret").get<std::string>()), crypto::totp_step(base::SystemClock().now()));
  BOOST_REQUIRE(ada.client.post(path + "/enable", {{"totp_code", code}}).status == 200);
  BOOST_TEST(login().code() == "two_factor_required");
  BOOST_REQUIRE(user({"reset-two-factor", ada.email()}).status == 0);
  BOOST_TEST(login().status == 200);
  BOOST_TEST(ada.client.get(path).body().at("enabled") == false);
  BOOST_TEST(user({"reset-two-factor", ada.email()}).out.find("off already") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_account_is_made_with_a_random_password_and_works_at_once) {
  const auto ended = user({"add", "Grace@Example.com", "--name", "Grace Hopper", "--json"});
  BOOST_REQUIRE(ended.status == 0);
  const auto made = json::parse(ended.out);
  const auto password = made.at("password").get<std::string>();
  BOOST_TEST(password.size() >= 20U);
  test::ApiClient grace(server.port());
  const auto signed_in = grace.post("/api/auth/login", {{"email", "grace@example.com"}, {"password", password}});
  BOOST_REQUIRE(signed_in.status == 200);
  BOOST_TEST(signed_in.body().at("user").at("id") == made.at("user"));
  BOOST_TEST(signed_in.body().at("user").at("full_name") == "Grace Hopper");
  grace.use_token(signed_in.body().at("access_token"));
  BOOST_TEST(grace.save_key("openai", "sk-sim-openai-of-grace-0123456789").status == 200);
  BOOST_TEST(grace.post("/api/workflows/draft/execute", test::ask_workflow()["canvas_state"]).body().at("status") ==
             "success");
  BOOST_TEST(grace.get("/api/settings/audit").text.find(R"("action":"account.created")") != std::string::npos);
  BOOST_TEST(test::files_with(server.data(), password).empty());
}

BOOST_AUTO_TEST_CASE(an_account_that_cannot_be_made_is_not_made) {
  const auto taken = user({"add", ada.email()});
  BOOST_TEST(taken.status == 1);
  BOOST_TEST(taken.err.find("account") != std::string::npos);
  BOOST_TEST(login().status == 200);
  BOOST_TEST(user({"add", "nobody"}).status == 1);
  BOOST_TEST(user_with_input("password", "add grace@example.com --from-stdin").status == 1);
  BOOST_TEST(user_with_input("battery staple", "add grace@example.com --from-stdin").status == 0);
  BOOST_TEST(json::parse(user({"list", "--json"}).out).at("users").size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_account_is_erased_for_good_beside_a_running_server) {
  ada.note_data_keys(server.data());
  BOOST_TEST(user({"delete", ada.email()}).status == 2);
  BOOST_TEST(login().status == 200);
  BOOST_REQUIRE(user({"delete", ada.email(), "--yes"}).status == 0);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
  BOOST_TEST(login().status == 401);
  BOOST_TEST(bob.client.get("/api/settings/credentials").body().size() == 1U);
  BOOST_TEST(user({"delete", ada.id, "--yes"}).status == 1);
  server.stop();
  test::check_that_nothing_is_left(server.data(), ada);
}

BOOST_AUTO_TEST_CASE(it_works_without_a_server) {
  server.stop();
  BOOST_TEST(user({"list"}).status == 0);
  BOOST_TEST(user({"disable", ada.id}).status == 0);
  BOOST_TEST(user({"reset-password", bob.id}).status == 0);
  server.start();
  BOOST_TEST(login().status == 403);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_in_one_line) {
  const auto nobody = user({"disable", "nobody@example.com"});
  BOOST_TEST(nobody.status == 1);
  BOOST_TEST(nobody.err.find("ownkey user list") != std::string::npos);
  BOOST_TEST(user({}).status == 2);
  BOOST_TEST(user({"disable"}).status == 2);
  const auto no_data = test::run_ownkey({"user", "list", "--data", (server.data() / "nothing").string()});
  BOOST_TEST(no_data.status == 1);
  BOOST_TEST(no_data.err.find("no data") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
