// The API's description, walked against the running server: what it says there is must be there, and what is answered
// must be as it says.
#include <boost/test/unit_test.hpp>

#include <cctype>
#include <set>
#include <sstream>

#include "server/base/clock.h"
#include "server/crypto/totp.h"
#include "server/http/openapi.h"
#include "tests/support/json_schema.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/route_calls.h"

using namespace ownkey;

namespace {

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient client{server.port()};
  json document = client.get("/api/openapi.json").body();

  const json& operation(const std::string& method, const std::string& path) {
    return document.at("paths").at(path).at(http_lower(method));
  }
  static std::string http_lower(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }

  // Of the answer, compared with what the description says of it.
  std::vector<std::string> faults(const test::ApiAnswer& answer, const json& operation) {
    const auto& responses = operation.at("responses");
    const auto status = std::to_string(answer.status);
    if (!responses.contains(status)) return {"the status " + status + " is not described: " + answer.text};
    const auto content = responses[status].value("content", json::object());
    if (content.empty())
      return answer.text.empty() ? std::vector<std::string>{} : std::vector{"has a body: " + answer.text};
    const auto type = answer.header("Content-Type");
    if (!content.contains(type)) return {"the type " + type + " is not described"};
    if (type != "application/json") return {};
    return test::SchemaCheck(document).faults(answer.body(), content[type].at("schema"));
  }
};

// One person on their way through all routes, in the order of the lines.
class Walker {
 public:
  explicit Walker(int port) : client_(port), other_(port) {}

  test::ApiAnswer go(const test::RouteCall& call) {
    prepare(call.pattern);
    auto answer = client_.send(call.method, test::path_of(call.pattern, ids_), with_codes(call).text());
    note(call, answer);
    return answer;
  }

 private:
  // What the lines before do not leave behind.
  void prepare(const std::string& pattern) {
    if (pattern == "/api/settings/sessions/{id}") {
      sign_in(other_, "correct horse");
      for (const auto& session : client_.get("/api/settings/sessions").body())
        if (!session.at("current")) ids_.session = session.at("id");
    }
    if (pattern == "/api/settings/account") sign_in(client_, "battery staple");
  }
  test::RouteCall with_codes(test::RouteCall call) {
    const auto code = call.body.is_object() ? call.body.value("totp_code", "") : "";
    // A code counts once; the next step's does already.
    if (code == test::kCode) call.body["totp_code"] = crypto::totp_code(Secret(totp_secret_), totp_step_++);
    if (code == test::kRecoveryCode) call.body["totp_code"] = recovery_code_;
    return call;
  }
  void note(const test::RouteCall& call, const test::ApiAnswer& answer) {
    const auto body = answer.body();
    if (body.is_object() && body.contains("otpauth_uri")) totp_secret_ = body.at("secret");
    if (body.is_object() && body.contains("recovery_codes")) recovery_code_ = body.at("recovery_codes").at(0);
    if (call.pattern.starts_with("/api/auth/") && body.contains("access_token"))
      client_.use_token(body["access_token"]);
    if (call.key() == "POST /api/workflows") ids_.workflow = body.value("id", "");
    if (body.is_object() && body.contains("run_id")) ids_.run = body["run_id"];
  }
  static void sign_in(test::ApiClient& client, const std::string& password) {
    client.use_token("");
    const auto answer = client.post("/api/auth/login", {{"email", "walker@mail.example"}, {"password", password}});
    BOOST_REQUIRE_MESSAGE(answer.status == 200, answer.text);
    client.use_token(answer.body().at("access_token"));
  }

  test::ApiClient client_, other_;
  test::Ids ids_;
  std::string totp_secret_, recovery_code_;
  std::int64_t totp_step_ = crypto::totp_step(base::SystemClock().now());
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(openapi, Fixture)

BOOST_AUTO_TEST_CASE(each_route_is_described_and_each_described_operation_exists) {
  BOOST_TEST(document.at("openapi") == "3.1.0");
  BOOST_TEST(document.at("paths").size() > 30U);
  for (const auto& [path, methods] : document.at("paths").items()) {
    // The server names all methods that it takes here when it is asked with another.
    const auto refused = client.send("TRACE", test::path_of(path, {"some", "some", "some"}));
    BOOST_TEST(refused.status == 405, path << " answered " << refused.status);
    std::set<std::string> described;
    for (const auto& [method, operation] : methods.items()) {
      described.insert(method);
      BOOST_TEST(!operation.at("summary").get<std::string>().empty(),
                 method << " " << path << " says nothing of itself");
      BOOST_TEST(operation.at("responses").size() >= 2U, method << " " << path << " does not say what it answers");
    }
    std::set<std::string> taken;
    std::istringstream allowed(http_lower(refused.header("Allow")));
    for (std::string method; std::getline(allowed >> std::ws, method, ',');) taken.insert(method);
    taken.erase("head");
    BOOST_TEST(described == taken, path << " takes " << refused.header("Allow"));
  }
}

BOOST_AUTO_TEST_CASE(what_needs_a_session_is_what_the_description_says) {
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const auto answer = client.send(upper, test::path_of(path, {"some", "some", "some"}));
      const bool for_anyone = operation.contains("security");
      BOOST_TEST((answer.status == 401) == !for_anyone, method << " " << path << " answered " << answer.status);
    }
}

BOOST_AUTO_TEST_CASE(every_answer_of_a_journey_through_all_operations_is_as_described) {
  std::set<std::string> untouched;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items()) untouched.insert(method + " " + path);
  Walker walker(server.port());
  for (const auto& call : test::route_calls()) {
    const auto answer = walker.go(call);
    BOOST_TEST(answer.status == call.status, call.key() << " answered " << answer.status << ": " << answer.text);
    for (const auto& fault : faults(answer, operation(call.method, call.pattern)))
      BOOST_ERROR(call.key() << ": " << fault);
    untouched.erase(http_lower(call.method) + " " + call.pattern);
  }
  for (const auto& operation : untouched) BOOST_ERROR(operation << " is not on the journey: give it a line");
}

BOOST_AUTO_TEST_CASE(problems_are_as_described) {
  const auto& problem = document.at("components").at("responses").at("Problem").at("content");
  const auto& schema = problem.at("application/problem+json").at("schema");
  for (const auto& answer : {client.get("/api/settings/credentials"), client.post("/api/auth/login", {{"email", 1}}),
                             client.get("/api/nothing"), client.send("TRACE", "/healthz")}) {
    BOOST_TEST(answer.header("Content-Type") == "application/problem+json");
    for (const auto& fault : test::SchemaCheck(document).faults(answer.body(), schema)) BOOST_ERROR(fault);
  }
}

BOOST_AUTO_TEST_CASE(requests_beyond_a_described_limit_are_refused) {
  client = test::ApiClient::of_new_user(server.port(), "ada");
  for (const auto& call : test::route_calls()) {
    const auto& described = operation(call.method, call.pattern);
    if (!described.contains("requestBody") || call.whose == test::Whose::ById) continue;
    const auto& reference = described["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    const auto& schema = document.at(json::json_pointer(reference.get<std::string>().substr(1)));
    for (const auto& [name, field] : schema.at("properties").items()) {
      if (!field.contains("maxLength") && !field.contains("maximum")) continue;
      auto body = call.body;
      if (field.contains("maximum")) body[name] = field["maximum"].get<double>() + 1;
      else body[name] = std::string(field["maxLength"].get<std::size_t>() + 1, 'x');
      if (field["type"] == "integer") body[name] = body[name].get<std::int64_t>();
      const auto answer = client.send(call.method, test::path_of(call.pattern, {}), body.dump());
      BOOST_TEST(answer.status == 400, call.key() << " took a " << name << " beyond its limit: " << answer.text);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_page_in_docs_is_up_to_date) {
  BOOST_TEST(
      test::read_file(OWNKEY_SOURCE_DIR "/docs/api.md") == http::api_markdown(document),
      "docs/api.md is out of date: write it anew with 'curl -s localhost:8080/api/openapi.json | ownkey api-docs "
      "> docs/api.md'");
}

BOOST_AUTO_TEST_SUITE_END()
