// What people change about their own account, and where they are signed in.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/marked_person.h"

using namespace ownkey;
using test::kPassword;

namespace {

using Clock = std::chrono::steady_clock;

const std::string kNewPassword = "battery staple";
const std::string kRandomId = "zzzzzzzzzzzzzzzzzzzzzzzzzz";
const httplib::Headers kSameOrigin{
    {"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-origin"}, {"Content-Type", "application/json"}};

httplib::Headers with_cookie_of(const test::ApiAnswer& answer) {
  auto headers = kSameOrigin;
  const auto cookie = answer.header("Set-Cookie");
  headers.emplace("Cookie", cookie.substr(0, cookie.find(';')));
  return headers;
}

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"}, bob{server, "bobnoyce"};

  test::ApiAnswer login(const std::string& email, const std::string& password = kPassword) {
    return test::ApiClient(server.port()).post("/api/auth/login", {{"email", email}, {"password", password}});
  }
  test::ApiAnswer login_of_page(const std::string& email) {
    const json body{{"email", email}, {"password", kPassword}, {"session", "cookie"}};
    return test::ApiClient(server.port()).send("POST", "/api/auth/login", body.dump(), kSameOrigin);
  }
  test::ApiClient signed_in(const std::string& email) {
    test::ApiClient client(server.port());
    client.use_token(login(email).body().at("access_token"));
    return client;
  }
  // On a connection of its own: a client may not see at once that its stream's was closed.
  int status_of(const test::ApiClient& client) {
    test::ApiClient again(server.port());
    again.use_token(client.token());
    return again.get("/api/auth/me").status;
  }
  std::string current_session(test::ApiClient& client) {
    for (const auto& session : client.get("/api/settings/sessions").body())
      if (session.at("current") == true) return session.at("id");
    return {};
  }
  // How long a run of this client that does not end by itself goes on after `end` was called.
  Clock::duration time_until_a_run_ends(test::ApiClient& client, const std::function<void()>& end) {
    server.seen_by_provider().clear();
    Clock::time_point ended;
    std::thread run([&] {
      (void)client.send("POST", ada.form(), R"({"initial_inputs":{"input":"[sim:stall-in-stream]"}})",
                        {{"Accept", "text/event-stream"}});
      ended = Clock::now();
    });
    BOOST_TEST(test::eventually([&] { return !server.seen_by_provider().seen().empty(); }));
    const auto begun = Clock::now();
    end();
    run.join();
    return ended - begun;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(profile_api, Fixture)

BOOST_AUTO_TEST_CASE(a_name_is_changed_and_nothing_else) {
  auto before = ada.client.get("/api/settings/profile").body();
  const auto answer = ada.client.patch("/api/settings/profile", {{"full_name", "  Ada King "}});
  BOOST_REQUIRE(answer.status == 200);
  before["full_name"] = "Ada King";
  BOOST_TEST(answer.body() == before);
  BOOST_TEST(ada.client.get("/api/auth/me").body() == before);
  BOOST_TEST(bob.client.get("/api/auth/me").body().at("full_name") == "Dr. bobnoyce Marker");
  BOOST_TEST(ada.client.patch("/api/settings/profile", json::object()).body() == before);
}

BOOST_AUTO_TEST_CASE(an_address_of_mail_is_changed_with_the_password) {
  const json request{{"email", " Countess@Mail.example"}, {"current_password", kPassword}};
  const auto answer = ada.client.patch("/api/settings/profile", request);
  BOOST_REQUIRE(answer.status == 200);
  BOOST_TEST(answer.body().at("email") == "countess@mail.example");
  BOOST_TEST(login("countess@mail.example").status == 200);
  BOOST_TEST(login(ada.email()).status == 401);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);
}

BOOST_AUTO_TEST_CASE(without_the_password_the_address_stays) {
  const auto none = ada.client.patch("/api/settings/profile", {{"email", "new@mail.example"}, {"full_name", "New"}});
  BOOST_TEST(none.status == 400);
  BOOST_TEST(none.field() == "current_password");
  const auto wrong =
      ada.client.patch("/api/settings/profile", {{"email", "new@mail.example"}, {"current_password", "wrong horse"}});
  BOOST_TEST(wrong.status == 403);
  BOOST_TEST(wrong.field() == "current_password");
  const auto me = ada.client.get("/api/auth/me").body();
  BOOST_TEST(me.at("email") == ada.email());
  BOOST_TEST(me.at("full_name") == "Dr. adalovelace Marker");
  // One's own address, however it is written, is no change.
  BOOST_TEST(ada.client.patch("/api/settings/profile", {{"email", "ADALOVELACE@mail.example"}}).status == 200);
}

BOOST_AUTO_TEST_CASE(an_address_of_somebody_else_is_a_conflict) {
  const auto answer =
      ada.client.patch("/api/settings/profile", {{"email", bob.email()}, {"current_password", kPassword}});
  BOOST_TEST(answer.status == 409);
  BOOST_TEST(answer.code() == "conflict");
  BOOST_TEST(answer.field() == "email");
  BOOST_TEST(ada.client.patch("/api/settings/profile", {{"email", "nobody"}}).field() == "email");
  BOOST_TEST(ada.client.patch("/api/settings/profile", {{"id", "me"}}).field() == "id");
  BOOST_TEST(ada.client.get("/api/auth/me").body().at("email") == ada.email());
}

BOOST_AUTO_TEST_CASE(a_new_password_takes_the_place_of_the_old_one) {
  auto other = signed_in(ada.email());
  const json request{{"current_password", kPassword}, {"new_password", kNewPassword}};
  const auto answer = ada.client.post("/api/settings/password", request);
  BOOST_TEST(answer.status == 204);
  BOOST_TEST(answer.header("Set-Cookie").empty());
  BOOST_TEST(login(ada.email()).status == 401);
  BOOST_TEST(login(ada.email(), kNewPassword).status == 200);
  BOOST_TEST(other.get("/api/auth/me").status == 401);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);  // a program keeps its token
  BOOST_TEST(bob.client.get("/api/auth/me").status == 200);
}

BOOST_AUTO_TEST_CASE(a_page_gets_a_new_token_with_the_new_password) {
  const auto page = login_of_page(ada.email());
  const auto headers = with_cookie_of(page);
  test::ApiClient browser(server.port());
  const json request{{"current_password", kPassword}, {"new_password", kNewPassword}};
  const auto answer = browser.send("POST", "/api/settings/password", request.dump(), headers);
  BOOST_REQUIRE(answer.status == 204);
  BOOST_TEST(answer.header("Set-Cookie").find("HttpOnly") != std::string::npos);
  const auto renewed = with_cookie_of(answer);
  BOOST_TEST(renewed.find("Cookie")->second != headers.find("Cookie")->second);
  BOOST_TEST(browser.send("GET", "/api/auth/me", "", renewed).status == 200);
  BOOST_TEST(browser.send("GET", "/api/auth/me", "", headers).status == 401);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
}

BOOST_AUTO_TEST_CASE(a_bad_change_of_password_changes_nothing) {
  const auto change = [&](const std::string& current, const std::string& wanted) {
    return ada.client.post("/api/settings/password", {{"current_password", current}, {"new_password", wanted}});
  };
  BOOST_TEST(change("wrong horse", kNewPassword).status == 403);
  BOOST_TEST(change("wrong horse", kNewPassword).field() == "current_password");
  BOOST_TEST(change(kPassword, "short").field() == "new_password");
  BOOST_TEST(change(kPassword, "password1").field() == "new_password");
  BOOST_TEST(login(ada.email()).status == 200);
  for (int i = 0; i < 12; ++i) (void)change("wrong horse", kNewPassword);
  BOOST_TEST(change(kPassword, kNewPassword).status == 429);
  BOOST_TEST(login(ada.email()).status == 429);
}

BOOST_AUTO_TEST_CASE(sessions_are_listed_with_where_they_are) {
  test::ApiClient phone(server.port());
  const json credentials{{"email", ada.email()}, {"password", kPassword}};
  const auto answer = phone.send("POST", "/api/auth/login", credentials.dump(), {{"User-Agent", "A phone"}});
  phone.use_token(answer.body().at("access_token"));
  const auto sessions = phone.get("/api/settings/sessions").body();
  BOOST_REQUIRE(sessions.size() == 2U);
  int current = 0;
  for (const auto& session : sessions) {
    BOOST_TEST(session.at("address") == "127.0.0.1");
    BOOST_TEST(session.at("created_at").get<std::string>().ends_with("Z"));
    BOOST_TEST(session.at("last_used_at").get<std::string>().ends_with("Z"));
    if (session.at("current") != true) continue;
    ++current;
    BOOST_TEST(session.at("agent") == "A phone");
  }
  BOOST_TEST(current == 1);
}

BOOST_AUTO_TEST_CASE(one_session_is_ended_with_its_streams) {
  auto other = signed_in(ada.email());
  const auto id = current_session(other);
  const auto time = time_until_a_run_ends(
      other, [&] { BOOST_TEST(ada.client.remove("/api/settings/sessions/" + id).status == 204); });
  BOOST_TEST((time < std::chrono::seconds(5)));
  BOOST_TEST(status_of(other) == 401);
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);
  BOOST_TEST(ada.client.remove("/api/settings/sessions/" + id).status == 404);
}

BOOST_AUTO_TEST_CASE(all_other_sessions_are_ended_with_their_streams) {
  auto first = signed_in(ada.email()), second = signed_in(ada.email());
  const auto time =
      time_until_a_run_ends(first, [&] { BOOST_TEST(ada.client.remove("/api/settings/sessions").status == 204); });
  BOOST_TEST((time < std::chrono::seconds(5)));
  for (const auto* ended : {&first, &second}) BOOST_TEST(status_of(*ended) == 401);
  BOOST_TEST(ada.client.get("/api/settings/sessions").body().size() == 1U);
  BOOST_TEST(bob.client.get("/api/auth/me").status == 200);
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_the_streams_of_the_other_sessions) {
  auto other = signed_in(ada.email());
  const auto time = time_until_a_run_ends(other, [&] {
    const json request{{"current_password", kPassword}, {"new_password", kNewPassword}};
    BOOST_TEST(ada.client.post("/api/settings/password", request).status == 204);
  });
  BOOST_TEST((time < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(ending_ones_own_session_is_signing_out) {
  const auto answer = ada.client.remove("/api/settings/sessions/" + current_session(ada.client));
  BOOST_TEST(answer.status == 204);
  BOOST_TEST(!answer.header("Clear-Site-Data").empty());
  BOOST_TEST(ada.client.get("/api/auth/me").status == 401);
}

BOOST_AUTO_TEST_CASE(a_session_of_somebody_else_answers_like_one_that_does_not_exist) {
  auto foreign = bob.client.remove("/api/settings/sessions/" + current_session(ada.client));
  auto none = bob.client.remove("/api/settings/sessions/" + kRandomId);
  BOOST_TEST(foreign.status == 404);
  BOOST_TEST(foreign.status == none.status);
  BOOST_TEST(foreign.detail() == none.detail());
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);
}

BOOST_AUTO_TEST_CASE(a_change_is_never_to_nothing) {
  const auto answer = ada.client.patch("/api/settings/profile", {{"full_name", nullptr}});
  BOOST_TEST(answer.status == 400);
  BOOST_TEST(answer.field() == "full_name");
}

BOOST_AUTO_TEST_CASE(all_of_it_is_in_the_audit_log) {
  auto other = signed_in(ada.email());
  const auto id = current_session(other);
  const json profile{{"email", "countess@mail.example"}, {"current_password", kPassword}};
  BOOST_REQUIRE(ada.client.patch("/api/settings/profile", profile).status == 200);
  BOOST_REQUIRE(ada.client.remove("/api/settings/sessions/" + id).status == 204);
  BOOST_REQUIRE(ada.client.put("/api/settings/preferences", {{"theme", "dark"}}).status == 200);
  json password{{"current_password", "wrong horse"}, {"new_password", kNewPassword}};
  BOOST_REQUIRE(ada.client.post("/api/settings/password", password).status == 403);
  const auto has_refused = [&] {
    const auto newest = ada.client.get("/api/settings/audit").body().at(0);
    return newest.at("action") == "password.changed" && newest.at("result") == "forbidden";
  };
  BOOST_TEST(test::eventually(has_refused));
  password["current_password"] = kPassword;
  BOOST_REQUIRE(ada.client.post("/api/settings/password", password).status == 204);
  std::vector<std::string> actions;
  for (const auto& entry : ada.client.get("/api/settings/audit?limit=5").body())
    actions.push_back(entry.at("action").get<std::string>() + " " + entry.value("subject", ""));
  const std::vector<std::string> expected{"password.changed ", "password.changed ", "preferences.changed ",
                                          "session.revoked " + id, "profile.changed email"};
  BOOST_TEST(actions == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(preferences_are_empty_until_they_are_put_and_then_stay) {
  const auto path = "/api/settings/preferences";
  BOOST_TEST(ada.client.get(path).body() == json::object());
  const json wanted{{"theme", "dark"},    {"default_provider", "openai"}, {"default_model", "gpt-4o"},
                    {"text_scale", 1.25}, {"reduce_motion", true},        {"run_timeout_s", 120}};
  const auto answer = ada.client.put(path, wanted);
  BOOST_REQUIRE(answer.status == 200);
  BOOST_TEST(answer.body() == wanted);
  BOOST_TEST(ada.client.get(path).body() == wanted);
  BOOST_TEST(bob.client.get(path).body() == json::object());
  BOOST_TEST(ada.client.get("/api/settings/export").body().at("preferences") == wanted);
  BOOST_TEST(ada.client.put(path, {{"theme", "light"}}).body() == json({{"theme", "light"}}));
  BOOST_TEST(ada.client.get(path).body() == json({{"theme", "light"}}));
}

BOOST_AUTO_TEST_CASE(bad_preferences_are_refused_by_field) {
  const auto field_of = [&](const json& preferences) {
    const auto answer = ada.client.put("/api/settings/preferences", preferences);
    BOOST_TEST(answer.status == 400, preferences.dump());
    return answer.field();
  };
  BOOST_TEST(field_of({{"theme", "pink"}}) == "theme");
  BOOST_TEST(field_of({{"default_provider", "nobody"}}) == "default_provider");
  BOOST_TEST(field_of({{"default_model", "two words"}}) == "default_model");
  BOOST_TEST(field_of({{"default_model", std::string(300, 'x')}}) == "default_model");
  BOOST_TEST(field_of({{"text_scale", 9}}) == "text_scale");
  BOOST_TEST(field_of({{"run_timeout_s", 0}}) == "run_timeout_s");
  BOOST_TEST(field_of({{"colour", "red"}}) == "colour");
}

BOOST_AUTO_TEST_SUITE_END()
