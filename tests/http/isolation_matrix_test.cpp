// Every route, by nobody, by its owner's forged cookie, and by somebody else: nothing of a person is told or changed.
#include <boost/test/unit_test.hpp>

#include <set>

#include "tests/support/marked_person.h"
#include "tests/support/route_calls.h"

using namespace ownkey;
using test::RouteCall;
using test::Whose;

namespace {

const std::string kNoId = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

bool changes(const RouteCall& call) { return call.method != "GET"; }

// Without what differs from one request, or moment, to the next.
json steady(json value) {
  if (value.is_object())
    for (const auto* name : {"request_id", "exported_at", "last_used_at", "sessions"}) value.erase(name);
  if (value.is_structured())
    for (auto& member : value) member = steady(member);
  return value;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"};
  test::Ids adas{ada.workflow, run_of_ada(), session_of_ada()};
  std::vector<RouteCall> calls = test::route_calls();

  Fixture() {
    const json spare{{"provider", "openai"}, {"api_key", ada.key}, {"label", "spare"}};
    BOOST_REQUIRE(ada.client.post("/api/settings/credentials", spare).status == 200);
  }

  std::string run_of_ada() {
    return ada.client.post("/api/workflows/" + ada.workflow + "/execute").body().at("run_id");
  }
  std::string session_of_ada() { return ada.client.get("/api/settings/sessions").body().at(0).at("id"); }

  // Everything that is kept of her. Asking for it stands in her log, which must not count.
  json all_of_ada() {
    auto all = steady(ada.client.get("/api/settings/export").body());
    auto& log = all.at("audit").get_ref<json::array_t&>();
    std::erase_if(log, [](const json& entry) { return entry.at("action") == "account.exported"; });
    for (auto& entry : log)
      for (const auto* name : {"sequence", "hash"}) entry.erase(name);
    BOOST_REQUIRE(all.contains("profile"));
    return all;
  }
};

// Somebody else with a session of their own. Where a call ends it, the next one comes from somebody new.
class Stranger {
 public:
  explicit Stranger(int port) : port_(port) {}

  test::ApiAnswer send(const RouteCall& call, const test::Ids& ids) {
    if (client_.get("/api/auth/me").status != 200)
      client_ = test::ApiClient::of_new_user(port_, "stranger" + std::to_string(++count_));
    return client_.send(call.method, test::path_of(call.pattern, ids), call.text());
  }

 private:
  int port_;
  int count_ = 0;
  test::ApiClient client_{port_};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(isolation_matrix, Fixture)

BOOST_AUTO_TEST_CASE(every_route_has_a_line_and_every_line_a_route) {
  std::set<std::string> lines, routes;
  for (const auto& call : calls) lines.insert(call.key());
  const auto document = ada.client.get("/api/openapi.json").body();
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      routes.insert(upper + " " + path);
    }
  for (const auto& route : routes) BOOST_TEST(lines.contains(route), route << " is not in the isolation matrix");
  for (const auto& line : lines) BOOST_TEST(routes.contains(line), line << " is not in the API");
}

BOOST_AUTO_TEST_CASE(without_a_session_only_what_is_nobodys_is_answered) {
  const auto before = all_of_ada();
  test::ApiClient nobody(server.port());
  for (const auto& call : calls) {
    const auto answer = nobody.send(call.method, test::path_of(call.pattern, adas), call.text());
    if (call.whose == Whose::Nobodys) {
      BOOST_TEST(answer.status != 401, call.key());
    } else {
      BOOST_TEST(answer.status == 401, call.key() << " answered " << answer.status);
      BOOST_TEST(answer.code() == "unauthenticated", call.key());
    }
    for (const auto& trace : ada.traces()) BOOST_TEST(answer.text.find(trace) == std::string::npos, call.key());
  }
  BOOST_TEST(all_of_ada() == before);
}

BOOST_AUTO_TEST_CASE(anothers_id_answers_as_one_that_does_not_exist) {
  Stranger bob(server.port());
  const test::Ids nobodys{kNoId, kNoId, kNoId, "never"};
  for (const auto& call : calls) {
    if (call.whose != Whose::ById && call.whose != Whose::ByName) continue;
    const auto of_ada = bob.send(call, adas);
    const auto of_nobody = bob.send(call, nobodys);
    BOOST_TEST(of_ada.status == 404, call.key() << " answered " << of_ada.status << ": " << of_ada.text);
    BOOST_TEST(of_nobody.status == 404, call.key());
    BOOST_TEST(steady(of_ada.body()).dump() == replaced(steady(of_nobody.body()).dump(), "never", "spare"), call.key());
  }
}

BOOST_AUTO_TEST_CASE(whatever_somebody_else_asks_nothing_of_a_person_is_told_or_changed) {
  const auto before = all_of_ada();
  Stranger bob(server.port());
  for (const auto& call : calls) {
    const auto answer = bob.send(call, adas);
    BOOST_TEST(answer.status < 500, call.key() << " answered " << answer.text);
    for (const auto& trace : ada.traces())
      BOOST_TEST(answer.text.find(trace) == std::string::npos, call.key() << " told " << trace);
  }
  BOOST_TEST(all_of_ada() == before);
  BOOST_TEST(ada.client.post(ada.form()).body().at("status") == "success");
}

BOOST_AUTO_TEST_CASE(a_cookie_that_another_site_sends_changes_nothing) {
  test::ApiClient page(server.port());
  const json login{{"email", ada.email()}, {"password", test::kPassword}, {"session", "cookie"}};
  const httplib::Headers genuine{{"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-origin"}};
  const auto cookie = page.send("POST", "/api/auth/login", login.dump(), genuine).header("Set-Cookie");
  const std::pair<const std::string, std::string> session{"Cookie", cookie.substr(0, cookie.find(';'))};
  BOOST_REQUIRE(page.send("GET", "/api/auth/me", "", {session}).status == 200);

  const auto before = all_of_ada();
  const httplib::Headers forgeries[] = {{session},
                                        {session, {"X-Ownkey", "1"}},
                                        {session, {"Sec-Fetch-Site", "same-origin"}},
                                        {session, {"X-Ownkey", "1"}, {"Sec-Fetch-Site", "cross-site"}},
                                        {session, {"X-Ownkey", "1"}, {"Origin", "https://evil.example"}}};
  for (const auto& call : calls) {
    if (!changes(call) || call.whose == Whose::Nobodys) continue;
    for (const auto& headers : forgeries) {
      const auto answer = page.send(call.method, test::path_of(call.pattern, adas), call.text(), headers);
      BOOST_TEST(answer.status == 403, call.key() << " answered " << answer.status);
      BOOST_TEST(answer.code() == "csrf_rejected", call.key());
    }
  }
  BOOST_TEST(all_of_ada() == before);
}

BOOST_AUTO_TEST_SUITE_END()
