#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient client{server.port()};

  static json login(const std::string& email = "ada@example.com", const std::string& password = "correct horse") {
    return {{"email", email}, {"password", password}};
  }
  test::ApiAnswer page_post(const std::string& path, const json& body, httplib::Headers headers) {
    headers.emplace("Content-Type", "application/json");
    return client.send("POST", path, body.dump(), std::move(headers));
  }
};

const httplib::Headers kSameOrigin{{"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-origin"}};

std::string cookie_pair(const test::ApiAnswer& answer) {
  const auto cookie = answer.header("Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_api, Fixture)

BOOST_AUTO_TEST_CASE(a_program_signs_up_and_gets_a_bearer_token) {
  const auto answer = client.post("/api/auth/register", login());
  BOOST_REQUIRE(answer.status == 201);
  const auto body = answer.body();
  BOOST_TEST(body.at("token_type") == "bearer");
  BOOST_TEST(body.at("user").at("email") == "ada@example.com");
  BOOST_TEST(body.at("expires_at").get<std::string>().ends_with("Z"));
  BOOST_TEST(answer.header("Set-Cookie").empty());
  client.use_token(body.at("access_token"));
  const auto me = client.get("/api/auth/me");
  BOOST_TEST(me.status == 200);
  BOOST_TEST(me.body() == body.at("user"));
  BOOST_TEST(client.get("/api/settings/profile").body() == me.body());
}

BOOST_AUTO_TEST_CASE(a_page_gets_a_cookie_and_no_token) {
  auto body = login();
  body["session"] = "cookie";
  const auto answer = page_post("/api/auth/register", body, kSameOrigin);
  BOOST_REQUIRE(answer.status == 201);
  BOOST_TEST(!answer.body().contains("access_token"));
  const auto cookie = answer.header("Set-Cookie");
  for (const auto* part : {"HttpOnly", "SameSite=Lax", "Path=/"})
    BOOST_TEST(cookie.find(part) != std::string::npos, part);
  const auto me = client.send("GET", "/api/auth/me", "", {{"Cookie", cookie_pair(answer)}});
  BOOST_TEST(me.status == 200);
}

BOOST_AUTO_TEST_CASE(a_cookie_is_neither_given_to_nor_taken_from_another_site) {
  auto body = login();
  body["session"] = "cookie";
  BOOST_REQUIRE(page_post("/api/auth/register", body, kSameOrigin).status == 201);
  const std::vector<httplib::Headers> hostile{{},
                                              {{"X-Ownkey", "1"}},
                                              {{"X-Ownkey", "1"}, {"Sec-Fetch-Site", "cross-site"}},
                                              {{"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-site"}},
                                              {{"Sec-Fetch-Site", "same-origin"}},
                                              {{"X-Ownkey", "1"}, {"Origin", "https://evil.example"}}};
  const auto signed_in = page_post("/api/auth/login", body, kSameOrigin);
  BOOST_REQUIRE(signed_in.status == 200);
  for (auto headers : hostile) {
    BOOST_TEST(page_post("/api/auth/login", body, headers).code() == "csrf_rejected");
    headers.emplace("Cookie", cookie_pair(signed_in));
    const auto changed = page_post("/api/settings/credentials", {{"provider", "openai"}, {"api_key", "sk-x"}}, headers);
    BOOST_TEST(changed.status == 403);
    BOOST_TEST(changed.code() == "csrf_rejected");
  }
}

BOOST_AUTO_TEST_CASE(signing_out_ends_the_session_at_once) {
  client.use_token(client.post("/api/auth/register", login()).body().at("access_token"));
  const auto out = client.post("/api/auth/logout");
  BOOST_TEST(out.status == 204);
  BOOST_TEST(!out.header("Clear-Site-Data").empty());
  BOOST_TEST(client.get("/api/auth/me").status == 401);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_and_an_unknown_address_are_answered_alike) {
  BOOST_REQUIRE(client.post("/api/auth/register", login()).status == 201);
  auto wrong = client.post("/api/auth/login", login("ada@example.com", "wrong horse"));
  auto unknown = client.post("/api/auth/login", login("bob@example.com"));
  BOOST_TEST(wrong.status == 401);
  BOOST_TEST(unknown.status == 401);
  BOOST_TEST(wrong.detail() == unknown.detail());
  BOOST_TEST(client.post("/api/auth/login", login("ADA@Example.com ")).status == 200);
}

BOOST_AUTO_TEST_CASE(guessing_is_stopped_with_a_time_to_wait) {
  BOOST_REQUIRE(client.post("/api/auth/register", login()).status == 201);
  test::ApiAnswer answer;
  for (int i = 0; i < 12 && answer.status != 429; ++i)
    answer = client.post("/api/auth/login", login("ada@example.com", "wrong horse"));
  BOOST_TEST(answer.status == 429);
  BOOST_TEST(answer.code() == "rate_limited");
  BOOST_TEST(std::stoi(answer.header("Retry-After")) > 0);
}

BOOST_AUTO_TEST_CASE(wrong_passwords_count_wherever_they_are_given) {
  const auto answer = client.post("/api/auth/register", login());
  client.use_token(answer.body().at("access_token"));
  const json wrong{{"current_password", "wrong horse"}};
  const json email{{"email", "eve@example.com"}, {"current_password", "wrong horse"}};
  const json password{{"current_password", "wrong horse"}, {"new_password", "battery staple"}};
  test::ApiAnswer last;
  for (int i = 0; i < 15 && last.status != 429; ++i)
    last = i % 2 == 0 ? client.post("/api/settings/password", password)
                      : client.post("/api/settings/two-factor/setup", wrong);
  BOOST_TEST(last.status == 429);
  BOOST_TEST(std::stoi(last.header("Retry-After")) > 0);
  BOOST_TEST(client.post("/api/auth/login", login()).status == 429);
  BOOST_TEST(client.post("/api/settings/password", password).status == 429);
  BOOST_TEST(client.patch("/api/settings/profile", email).status == 429);
  BOOST_TEST(client.post("/api/settings/two-factor/setup", wrong).status == 429);
  BOOST_TEST(client.send("DELETE", "/api/settings/account", wrong.dump()).status == 429);
}

BOOST_AUTO_TEST_CASE(bad_input_gets_an_error_that_names_the_field) {
  const auto field_of = [&](const json& body) {
    const auto answer = client.post("/api/auth/register", body);
    BOOST_TEST(answer.status == 400, body.dump());
    BOOST_TEST(answer.code() == "invalid_request");
    BOOST_TEST(!answer.detail().empty());
    return answer.field();
  };
  BOOST_TEST(field_of({{"email", "nobody"}, {"password", "correct horse"}}) == "email");
  BOOST_TEST(field_of({{"email", 5}, {"password", "correct horse"}}) == "email");
  BOOST_TEST(field_of({{"email", "ada@example.com"}}) == "password");
  BOOST_TEST(field_of({{"email", "ada@example.com"}, {"password", "short"}}) == "password");
  BOOST_TEST(field_of({{"email", "ada@example.com"}, {"password", "password1"}}) == "password");
  BOOST_TEST(field_of({{"email", "ada@example.com"}, {"password", "correct horse"}, {"admin", true}}) == "admin");
  BOOST_TEST(field_of({{"email", "ada@example.com"}, {"password", "correct horse"}, {"session", "tattoo"}}) ==
             "session");
  const auto twice =
      client.send("POST", "/api/auth/register", R"({"email":"a@b.de","email":"c@d.de","password":"correct horse"})");
  BOOST_TEST(twice.status == 400);
  BOOST_TEST(twice.field() == "email");
  BOOST_TEST(client.send("POST", "/api/auth/register", "{").status == 400);
  BOOST_TEST(client.send("POST", "/api/auth/register", "a=b", {{"Content-Type", "text/plain"}}).status == 415);
  BOOST_TEST(client.send("POST", "/api/auth/register", std::string(5000, ' ')).status == 413);
}

BOOST_AUTO_TEST_CASE(an_address_has_one_account) {
  BOOST_REQUIRE(client.post("/api/auth/register", login()).status == 201);
  const auto again = client.post("/api/auth/register", login("Ada@example.com"));
  BOOST_TEST(again.status == 409);
  BOOST_TEST(again.code() == "conflict");
  BOOST_TEST(again.field() == "email");
}

BOOST_AUTO_TEST_CASE(errors_are_problem_json_with_a_request_id) {
  const auto answer = client.get("/api/auth/me");
  BOOST_TEST(answer.header("Content-Type").starts_with("application/problem+json"));
  const auto body = answer.body();
  BOOST_TEST(body.at("type") == "about:blank");
  BOOST_TEST(body.at("title") == "Unauthorized");
  BOOST_TEST(body.at("status") == 401);
  BOOST_TEST(!body.at("request_id").get<std::string>().empty());
  BOOST_TEST(client.get("/api/no/such/route").code() == "not_found");
}

BOOST_AUTO_TEST_CASE(pages_that_need_a_session_lead_to_login_and_back) {
  for (const auto* path : {"/settings", "/settings/keys", "/workflows", "/workflows/abc?x=1"}) {
    const auto answer = client.get(path);
    BOOST_TEST(answer.status == 303, path);
    BOOST_TEST(answer.header("Location").starts_with("/login?next=%2F"), answer.header("Location"));
  }
  BOOST_TEST(client.get("/login").status == 200);
  BOOST_TEST(client.get("/register").status == 200);
}

BOOST_AUTO_TEST_CASE(the_server_says_that_it_is_up) {
  BOOST_TEST(client.get("/healthz").status == 200);
  BOOST_TEST(client.get("/readyz").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(registration_modes)

const json ada{{"email", "ada@example.com"}, {"password", "correct horse"}};
const json bob{{"email", "bob@example.com"}, {"password", "correct horse"}};

// The answers to two who sign up at once, the better one first.
std::vector<int> statuses_of_both(int port, const json& one, const json& other) {
  std::vector<int> statuses(2);
  {
    const auto sign_up = [port](const json& body, int& status) {
      status = test::ApiClient(port).post("/api/auth/register", body).status;
    };
    const std::jthread first(sign_up, std::cref(one), std::ref(statuses[0]));
    const std::jthread second(sign_up, std::cref(other), std::ref(statuses[1]));
  }
  std::ranges::sort(statuses);
  return statuses;
}

BOOST_AUTO_TEST_CASE(first_user_takes_one_of_two_who_come_at_once) {
  test::OwnkeyServer server({"--registration", "first-user"});
  BOOST_TEST((statuses_of_both(server.port(), ada, bob) == std::vector<int>{201, 403}));
  // Nobody learns who it was.
  test::ApiClient client(server.port());
  const auto as_ada = client.post("/api/auth/register", ada), as_bob = client.post("/api/auth/register", bob);
  BOOST_TEST(as_ada.status == 403);
  BOOST_TEST(as_ada.detail() == as_bob.detail());
  BOOST_TEST(as_ada.status == as_bob.status);
}

BOOST_AUTO_TEST_CASE(an_open_server_takes_both_and_an_address_once) {
  test::OwnkeyServer server({}, {"OWNKEY_REGISTRATION=open"});
  BOOST_TEST((statuses_of_both(server.port(), ada, bob) == std::vector<int>{201, 201}));
  const json eve{{"email", "eve@example.com"}, {"password", "correct horse"}};
  BOOST_TEST((statuses_of_both(server.port(), eve, eve) == std::vector<int>{201, 409}));
}

BOOST_AUTO_TEST_CASE(first_user_takes_one_account_and_closed_none) {
  test::OwnkeyServer first({"--registration", "first-user"});
  test::ApiClient client(first.port());
  BOOST_TEST(client.post("/api/auth/register", ada).status == 201);
  const auto second = client.post("/api/auth/register", bob);
  BOOST_TEST(second.status == 403);
  BOOST_TEST(second.code() == "forbidden");
  test::OwnkeyServer closed({"--registration", "closed"});
  BOOST_TEST(test::ApiClient(closed.port()).post("/api/auth/register", ada).status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
