// Switching keys off and on, and giving them other labels.
#include <boost/test/unit_test.hpp>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kKey = "sk-sim-openai-of-ada-0123456789-X8d2";
const std::string kList = "/api/settings/credentials";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  test::ApiAnswer save(const std::string& label, const std::string& key = kKey) {
    return ada.post(kList, {{"provider", "openai"}, {"api_key", key}, {"label", label}});
  }
  json run(const json& data = {{"model", "gpt-3.5-turbo"}, {"prompt", "hello"}}) {
    const json node{{"id", "ask"}, {"type", "llm"}, {"data", data}};
    return ada.post("/api/workflows/draft/execute", {{"nodes", {node}}, {"edges", json::array()}}).body();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credentials_change, Fixture)

BOOST_AUTO_TEST_CASE(a_key_that_is_switched_off_is_not_used_and_no_provider_is_called) {
  const auto id = save("default").body().at("id");
  const auto off = ada.patch(kList + "/openai", {{"is_active", false}});
  BOOST_TEST(off.status == 200);
  BOOST_TEST(off.body().at("id") == id);
  BOOST_TEST(off.body().at("is_active") == false);
  BOOST_TEST(off.text.find(kKey) == std::string::npos);
  server.seen_by_provider().clear();
  for (const auto& data : {json{{"model", "gpt-3.5-turbo"}, {"prompt", "hello"}},
                           json{{"model", "gpt-3.5-turbo"}, {"prompt", "hello"}, {"credential", "default"}}}) {
    const auto result = run(data);
    BOOST_TEST(result.at("status") == "error");
    BOOST_TEST(result.at("logs").at(0).at("error").at("code") == "credential_inactive");
  }
  BOOST_TEST(server.seen_by_provider().seen().empty());
  BOOST_TEST(ada.patch(kList + "/openai/default", {{"is_active", true}}).body().at("is_active") == true);
  BOOST_TEST(run().at("status") == "success");
}

BOOST_AUTO_TEST_CASE(a_key_keeps_all_but_its_label_when_that_changes) {
  save("default");
  const auto checked = ada.post(kList + "/openai/verify");
  BOOST_REQUIRE(checked.status == 200);
  const auto before = ada.get(kList).body().at(0);
  const auto renamed = ada.patch(kList + "/openai", {{"label", "work"}});
  BOOST_REQUIRE(renamed.status == 200);
  for (const auto* same : {"id", "masked_key", "verification", "created_at", "last_verified_at", "health"})
    BOOST_TEST(renamed.body().at(same) == before.at(same), same);
  BOOST_TEST(renamed.body().at("label") == "work");
  BOOST_TEST(ada.post(kList + "/openai/work/verify").status == 200);
  BOOST_TEST(ada.post(kList + "/openai/verify").status == 404);
  BOOST_TEST(run({{"model", "gpt-3.5-turbo"}, {"prompt", "hello"}, {"credential", "work"}}).at("status") == "success");
}

BOOST_AUTO_TEST_CASE(both_change_together_or_neither_does) {
  save("default");
  save("work");
  const auto taken = ada.patch(kList + "/openai/work", {{"label", "default"}, {"is_active", false}});
  BOOST_TEST(taken.status == 409);
  BOOST_TEST(taken.code() == "conflict");
  BOOST_TEST(taken.field() == "label");
  for (const auto& entry : ada.get(kList).body()) BOOST_TEST(entry.at("is_active") == true);
  const auto both = ada.patch(kList + "/openai/work", {{"label", "home"}, {"is_active", false}}).body();
  BOOST_TEST(both.at("label") == "home");
  BOOST_TEST(both.at("is_active") == false);
}

BOOST_AUTO_TEST_CASE(a_label_may_be_that_of_another_provider_or_the_one_it_has) {
  save("default");
  BOOST_REQUIRE(
      ada.post(kList, {{"provider", "google"}, {"api_key", "AQ.sim-of-ada-0123456789"}, {"label", "work"}}).status ==
      200);
  BOOST_TEST(ada.patch(kList + "/openai", {{"label", "work"}}).status == 200);
  BOOST_TEST(ada.patch(kList + "/openai/work", {{"label", "work"}}).status == 200);
}

BOOST_AUTO_TEST_CASE(what_is_no_change_is_refused_and_changes_nothing) {
  save("default");
  const auto before = ada.get(kList).text;
  const auto nothing = ada.patch(kList + "/openai", json::object());
  BOOST_TEST(nothing.status == 400);
  BOOST_TEST(nothing.detail().find("nothing to change") != std::string::npos);
  const auto field_of = [&](const json& body) {
    const auto answer = ada.patch(kList + "/openai", body);
    BOOST_TEST(answer.status == 400, body.dump());
    return answer.field();
  };
  BOOST_TEST(field_of({{"is_active", nullptr}}) == "is_active");
  BOOST_TEST(field_of({{"is_active", "false"}}) == "is_active");
  BOOST_TEST(field_of({{"is_active", 0}}) == "is_active");
  BOOST_TEST(field_of({{"label", nullptr}, {"is_active", false}}) == "label");
  BOOST_TEST(field_of({{"label", ""}}) == "label");
  BOOST_TEST(field_of({{"label", "Not OK"}}) == "label");
  BOOST_TEST(field_of({{"is_active", false}, {"api_key", kKey}}) == "api_key");
  BOOST_TEST(field_of({{"is_active", false}, {"id", "x"}}) == "id");
  BOOST_TEST(ada.send("PATCH", kList + "/openai", R"({"is_active":false,"is_active":true})").status == 400);
  BOOST_TEST(ada.send("PATCH", kList + "/openai").status == 415);
  BOOST_TEST(ada.get(kList).text == before);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_ones_own_is_not_there) {
  save("work");
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  const auto before = ada.get(kList).text;
  for (const auto& path : {kList + "/openai/work", kList + "/openai", kList + "/google", kList + "/acme"}) {
    BOOST_TEST(bob.patch(path, {{"is_active", false}}).status == 404, path);
    BOOST_TEST(bob.patch(path, {{"label", "mine"}}).status == 404, path);
  }
  BOOST_TEST(test::ApiClient(server.port()).patch(kList + "/openai/work", {{"is_active", false}}).status == 401);
  BOOST_TEST(ada.get(kList).text == before);
}

BOOST_AUTO_TEST_SUITE_END()
