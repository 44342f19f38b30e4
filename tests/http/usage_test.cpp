// Models, failover, budgets and usage over the API.
#include <boost/test/unit_test.hpp>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kKey = "sk-sim-openai-of-ada-0123456789-X8d2";
const std::string kBroke = "sk-sim-openai-no-credit-0123456789-Q7zz";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  test::ApiAnswer save(const std::string& key, const std::string& label) {
    return ada.post("/api/settings/credentials", {{"provider", "openai"}, {"api_key", key}, {"label", label}});
  }
  json run(const std::string& model = "gpt-3.5-turbo") {
    const auto workflow = test::ask_workflow(model).at("canvas_state");
    const auto answer = ada.post("/api/workflows/draft/execute", workflow);
    BOOST_TEST(answer.status == 200);
    return answer.body();
  }
};

const json& entry_of_model(const json& run) {
  for (const auto& entry : run.at("logs"))
    if (entry.at("node_id") == "ask") return entry;
  throw std::runtime_error("no log of the model");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(usage_api, Fixture)

BOOST_AUTO_TEST_CASE(models_are_those_of_the_persons_keys) {
  BOOST_TEST(ada.get("/api/models").body() == json::array());
  ada.save_key("openai", kKey);
  ada.save_key("anthropic", "sk-ant-sim-of-ada-0123456789");
  const auto all = ada.get("/api/models");
  BOOST_REQUIRE(all.status == 200);
  BOOST_TEST(all.body().size() > 5U);
  const auto some = ada.get("/api/models?provider=anthropic").body();
  BOOST_TEST(!some.empty());
  for (const auto& model : some) {
    BOOST_TEST(model.at("provider") == "anthropic");
    BOOST_TEST(model.at("context_tokens") == 200000);
  }
  BOOST_TEST(ada.get("/api/models?provider=google").body() == json::array());
  const auto refused = ada.get("/api/models?provider=nobody");
  BOOST_TEST(refused.status == 400);
  BOOST_TEST(refused.field() == "provider");
}

BOOST_AUTO_TEST_CASE(a_list_that_no_key_brings_says_why) {
  ada.save_key("openai", "sk-sim-openai-rejected-0123456789");
  BOOST_TEST(ada.get("/api/models").code() == "key_rejected");
}

BOOST_AUTO_TEST_CASE(a_workflow_whose_model_ends_is_marked_in_the_list) {
  const auto ending = ada.post("/api/workflows", test::ask_workflow("claude-3-sonnet-20240229")).body().at("id");
  ada.post("/api/workflows", test::ask_workflow("gpt-6-astra"));
  for (const auto& workflow : ada.get("/api/workflows").body()) {
    const bool ends = workflow.at("id") == ending;
    BOOST_TEST(workflow.contains("model_ends") == ends);
    if (!ends) continue;
    BOOST_TEST(workflow.at("model_ends").at("model") == "claude-3-sonnet-20240229");
    BOOST_TEST(workflow.at("model_ends").at("shutdown_date") == "2025-07-21");
  }
}

BOOST_AUTO_TEST_CASE(failover_is_off_until_switched_on_and_then_the_log_says_what_happened) {
  save(kBroke, "cheap");
  save(kKey, "work");
  BOOST_TEST(ada.get("/api/settings/failover").body().at("openai").at("enabled") == false);
  BOOST_TEST(entry_of_model(run()).at("error").at("code") == "no_credit");
  const auto set =
      ada.put("/api/settings/failover", {{"openai", {{"enabled", true}, {"order", json::array({"cheap", "work"})}}}});
  BOOST_REQUIRE(set.status == 200);
  BOOST_TEST(set.body().at("openai").at("order") == json::array({"cheap", "work"}));
  BOOST_TEST(ada.get("/api/settings/failover").body() == set.body());
  const auto done = run();
  BOOST_TEST(done.at("status") == "success");
  const auto& key = entry_of_model(done).at("key");
  BOOST_TEST(key.at("masked_key") == "sk-...X8d2");
  BOOST_REQUIRE(key.at("failed_before").size() == 1U);
  BOOST_TEST(key.at("failed_before")[0].at("masked_key") == "sk-...Q7zz");
  BOOST_TEST(key.at("failed_before")[0].at("code") == "no_credit");
  BOOST_TEST(server.log().find("next key is tried") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(failover_settings_that_make_no_sense_name_their_field) {
  save(kKey, "work");
  const auto unknown = ada.put("/api/settings/failover", {{"openai", {{"enabled", true}, {"order", {"nobody"}}}}});
  BOOST_TEST(unknown.status == 400);
  BOOST_TEST(unknown.field() == "openai.order");
  const auto misspelt = ada.put("/api/settings/failover", {{"open_ai", {{"enabled", true}}}});
  BOOST_TEST(misspelt.field() == "open_ai");
}

BOOST_AUTO_TEST_CASE(usage_adds_up_and_a_budget_stops_the_next_run) {
  ada.save_key("openai", kKey);
  const auto usage = entry_of_model(run()).at("usage");
  const auto report = ada.get("/api/usage?group_by=credential");
  BOOST_REQUIRE(report.status == 200);
  BOOST_TEST(report.body().at("total").at("input_tokens") == usage.at("input_tokens"));
  BOOST_TEST(report.body().at("total").at("output_tokens") == usage.at("output_tokens"));
  BOOST_TEST(report.body().at("entries")[0].at("name") == "default");
  BOOST_TEST(ada.get("/api/usage?group_by=workflow").body().at("entries")[0].at("key") == "draft");
  BOOST_TEST(ada.get("/api/usage?from=2020-01-01&to=2020-01-31").body().at("total").at("calls") == 0);
  BOOST_TEST(ada.get("/api/usage?from=monday").field() == "from");

  const auto set = ada.put("/api/settings/budgets", {{"provider", "openai"}, {"monthly_tokens", 1}});
  BOOST_REQUIRE(set.status == 200);
  BOOST_TEST(set.body().at("used_tokens") > 1);
  const auto seen = server.seen_by_provider().seen().size();
  const auto stopped = run();
  BOOST_TEST(stopped.at("status") == "error");
  BOOST_TEST(entry_of_model(stopped).at("error").at("code") == "limit_exceeded");
  BOOST_TEST(server.seen_by_provider().seen().size() == seen);
  ada.put("/api/settings/budgets", {{"provider", "openai"}, {"monthly_tokens", nullptr}});
  BOOST_TEST(run().at("status") == "success");
  BOOST_TEST(!ada.get("/api/settings/budgets").body().at(0).contains("monthly_tokens"));
}

BOOST_AUTO_TEST_CASE(what_a_person_sets_stands_in_their_audit_log) {
  ada.save_key("openai", kKey);
  ada.put("/api/settings/budgets", {{"provider", "openai"}, {"monthly_tokens", 5}});
  ada.put("/api/settings/failover", {{"openai", {{"enabled", true}, {"order", json::array()}}}});
  const auto entries = ada.get("/api/settings/audit?limit=2").body();
  BOOST_REQUIRE(entries.size() == 2U);
  BOOST_TEST(entries[0].at("action") == "failover.changed");
  BOOST_TEST(entries[0].at("subject") == "openai");
  BOOST_TEST(entries[1].at("action") == "budget.changed");
  BOOST_TEST(entries[1].at("subject") == "openai/default");
}

BOOST_AUTO_TEST_CASE(what_was_set_and_used_is_there_after_a_restart) {
  ada.save_key("openai", kKey);
  run();
  ada.put("/api/settings/budgets", {{"provider", "openai"}, {"monthly_tokens", 123456}});
  ada.put("/api/settings/failover", {{"openai", {{"enabled", true}, {"order", json::array()}}}});
  server.stop();
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(again.get("/api/settings/budgets").body().at(0).at("monthly_tokens") == 123456);
  BOOST_TEST(again.get("/api/settings/failover").body().at("openai").at("enabled") == true);
  BOOST_TEST(again.get("/api/usage").body().at("total").at("calls") == 1);
}

BOOST_AUTO_TEST_CASE(nobody_sees_or_sets_anything_of_anothers) {
  ada.save_key("openai", kKey);
  run();
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  BOOST_TEST(bob.get("/api/usage").body().at("total").at("calls") == 0);
  BOOST_TEST(bob.get("/api/models").body() == json::array());
  BOOST_TEST(bob.get("/api/settings/budgets").body() == json::array());
  BOOST_TEST(bob.put("/api/settings/budgets", {{"provider", "openai"}, {"monthly_tokens", 1}}).status == 404);
  BOOST_TEST(run().at("status") == "success");
}

BOOST_AUTO_TEST_SUITE_END()
