// The export: everything of the one who asks, nothing of anybody else, and no secret.
#include <boost/test/unit_test.hpp>

#include "tests/support/marked_person.h"

using namespace ownkey;

namespace {

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"}, bob{server, "bobnoyce"};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(export_api, Fixture)

BOOST_AUTO_TEST_CASE(it_holds_everything_of_a_person) {
  BOOST_REQUIRE(ada.client.post(ada.form(), {{"initial_inputs", {{"input", "hello"}}}}).status == 200);
  const auto answer = ada.client.get("/api/settings/export");
  BOOST_REQUIRE(answer.status == 200);
  BOOST_TEST(answer.header("Cache-Control") == "no-store");
  const auto disposition = answer.header("Content-Disposition");
  BOOST_TEST(disposition.starts_with("attachment; filename=\"ownkey-export-2"), disposition);
  BOOST_TEST(disposition.ends_with(".json\""), disposition);
  const auto body = answer.body();
  BOOST_TEST(body.at("format") == "ownkey-export");
  BOOST_TEST(body.at("version") == 1);
  BOOST_TEST(body.at("profile") == ada.client.get("/api/auth/me").body());
  BOOST_TEST(body.at("credentials") == ada.client.get("/api/settings/credentials").body());
  BOOST_TEST(body.at("failover") == ada.client.get("/api/settings/failover").body());
  BOOST_TEST(body.at("budgets") == ada.client.get("/api/settings/budgets").body());
  BOOST_REQUIRE(body.at("usage").size() == 1U);
  BOOST_TEST(body.at("usage").at(0).at("calls") == 1);
  BOOST_TEST(body.at("usage").at(0).at("workflow_id") == ada.workflow);
  const auto runs = ada.client.get("/api/runs").body();
  BOOST_REQUIRE(runs.size() == 1U);
  BOOST_REQUIRE(body.at("runs").size() == 1U);
  BOOST_TEST(body.at("runs").at(0) == ada.client.get("/api/runs/" + runs.at(0).at("run_id").get<std::string>()).body());
  BOOST_TEST(body.at("workflows") == ada.client.get("/api/workflows").body());
  BOOST_REQUIRE(body.at("workflows").size() == 1U);
  BOOST_TEST(body.at("workflows").at(0).at("canvas_state") == test::ask_workflow().at("canvas_state"));
  BOOST_REQUIRE(body.at("sessions").size() == 1U);
  BOOST_TEST(body.at("sessions").at(0).at("current") == true);
  BOOST_TEST(body.at("sessions").at(0).at("address") == "127.0.0.1");
  const auto audit = ada.client.get("/api/settings/audit").body();
  BOOST_TEST(audit.at(0).at("action") == "account.exported");
  BOOST_TEST(body.at("audit") == json(std::vector<json>(audit.begin() + 1, audit.end())));
  BOOST_TEST(body.at("audit").size() >= 3U);
}

BOOST_AUTO_TEST_CASE(it_holds_no_secret_and_nothing_of_anybody_else) {
  ada.note_data_keys(server.data());
  const auto text = ada.client.get("/api/settings/export").text;
  BOOST_TEST(text.find(ada.key) == std::string::npos);
  BOOST_TEST(text.find(ada.client.token()) == std::string::npos);
  for (const auto* name : {"sealed", "_hash", "wrapped", "token_hash", "access_token", "argon2", "password"})
    BOOST_TEST(text.find(name) == std::string::npos, name);
  for (const auto& trace : bob.traces()) BOOST_TEST(text.find(trace) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_exported_workflow_can_be_stored_again) {
  auto workflow = ada.client.get("/api/settings/export").body().at("workflows").at(0);
  const json copy{{"name", workflow.at("name")},
                  {"description", workflow.at("description")},
                  {"canvas_state", workflow.at("canvas_state")},
                  {"status", workflow.at("status")}};
  BOOST_TEST(bob.client.post("/api/workflows", copy).status == 201);
}

BOOST_AUTO_TEST_SUITE_END()
