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
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credentials_api, Fixture)

BOOST_AUTO_TEST_CASE(a_new_user_has_no_keys_and_four_providers_to_choose_from) {
  BOOST_TEST(ada.get(kList).body() == json::array());
  const auto providers = ada.get("/api/settings/providers").body();
  BOOST_REQUIRE(providers.size() == 4U);
  BOOST_TEST(providers[0].at("provider") == "openai");
  BOOST_TEST(providers[0].at("needs_base_url") == false);
  BOOST_TEST(providers[0].at("available") == true);
  BOOST_TEST(providers[3].at("available") == false);  // no host is allowed here
}

BOOST_AUTO_TEST_CASE(a_key_is_saved_listed_masked_and_removed_and_never_comes_back) {
  const auto saved = ada.save_key("openai", kKey);
  BOOST_REQUIRE(saved.status == 200);
  BOOST_TEST(saved.text.find(kKey) == std::string::npos);
  const auto list = ada.get(kList);
  BOOST_TEST(list.text.find(kKey) == std::string::npos);
  const auto entry = list.body().at(0);
  BOOST_TEST(entry.at("masked_key") == "sk-...X8d2");
  BOOST_TEST(entry.at("label") == "default");
  BOOST_TEST(entry.at("is_active") == true);
  BOOST_TEST(entry.at("health") == "readable");
  BOOST_TEST(!entry.contains("verification"));
  const auto removed = ada.remove(kList + "/openai");
  BOOST_TEST(removed.status == 200);
  BOOST_TEST(removed.body() == json({{"status", "success"}}));
  BOOST_TEST(ada.get(kList).body() == json::array());
  BOOST_TEST(ada.remove(kList + "/openai").status == 404);
}

BOOST_AUTO_TEST_CASE(saving_again_replaces_and_labels_keep_keys_apart) {
  const auto first = ada.save_key("openai", kKey).body().at("id");
  BOOST_TEST(ada.save_key("openai", "sk-sim-openai-another-0123456789").body().at("id") == first);
  BOOST_REQUIRE(ada.post(kList, {{"provider", "openai"}, {"api_key", kKey}, {"label", "work"}}).status == 200);
  BOOST_TEST(ada.get(kList).body().size() == 2U);
  BOOST_TEST(ada.remove(kList + "/openai/work").status == 200);
  BOOST_TEST(ada.get(kList).body().size() == 1U);
}

BOOST_AUTO_TEST_CASE(white_space_round_a_key_is_taken_off_and_said) {
  const auto saved = ada.save_key("openai", "\n  " + kKey + " \t");
  BOOST_REQUIRE(saved.status == 200);
  BOOST_TEST(!saved.body().value("notice", "").empty());
  BOOST_TEST(saved.body().at("masked_key") == "sk-...X8d2");
  BOOST_TEST(ada.post(kList + "/openai/verify").status == 200);
  BOOST_TEST(ada.post(kList + "/openai/verify", json::object()).status == 200);
  BOOST_TEST(ada.post(kList + "/openai/verify", {{"base_url", "https://evil.example"}}).field() == "base_url");
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_one_is_refused_in_its_field_without_being_repeated) {
  for (const auto& key :
       {std::string(), std::string("   "), std::string("sk-canary one"), std::string("sk-canary\nsecond line"),
        std::string(5000, 'k'), std::string("sk-canary-\xC3\xA4")}) {
    for (const auto& path : {kList, kList + "/verify"}) {
      const auto answer = ada.post(path, {{"provider", "openai"}, {"api_key", key}});
      BOOST_TEST(answer.status == 400);
      BOOST_TEST(answer.field() == "api_key");
      BOOST_TEST(answer.text.find("canary") == std::string::npos);
    }
  }
  BOOST_TEST(ada.get(kList).body() == json::array());
}

BOOST_AUTO_TEST_CASE(other_bad_input_names_its_field) {
  const auto field_of = [&](const json& body) {
    const auto answer = ada.post(kList, body);
    BOOST_TEST(answer.status == 400, body.dump());
    return answer.field();
  };
  BOOST_TEST(field_of({{"provider", "acme"}, {"api_key", kKey}}) == "provider");
  BOOST_TEST(field_of({{"provider", "openai"}, {"api_key", 5}}) == "api_key");
  BOOST_TEST(field_of({{"provider", "openai"}}) == "api_key");
  BOOST_TEST(field_of({{"provider", "openai"}, {"api_key", kKey}, {"label", "Not OK"}}) == "label");
  BOOST_TEST(field_of({{"provider", "openai"}, {"api_key", kKey}, {"base_url", "https://evil.example"}}) == "base_url");
  BOOST_TEST(field_of({{"provider", "openai_compatible"}, {"api_key", kKey}, {"base_url", "https://evil.example"}}) ==
             "base_url");
  BOOST_TEST(field_of({{"provider", "openai"}, {"api_key", kKey}, {"user_id", "someone"}}) == "user_id");
  BOOST_TEST(ada.remove(kList + "/acme").status == 404);
}

BOOST_AUTO_TEST_CASE(a_huge_body_is_refused_before_it_is_read) {
  BOOST_TEST(ada.send("POST", kList, std::string((1 << 20) + 1, ' ')).status == 413);
}

BOOST_AUTO_TEST_CASE(a_good_key_of_each_provider_verifies_typed_and_stored) {
  const std::vector<std::pair<std::string, std::string>> keys{
      {"openai", kKey}, {"anthropic", "sk-ant-sim-of-ada-0123456789"}, {"google", "AQ.sim-of-ada-0123456789"}};
  for (const auto& [provider, key] : keys) {
    const auto typed = ada.post(kList + "/verify", {{"provider", provider}, {"api_key", key}});
    BOOST_TEST(typed.status == 200, provider << ": " << typed.text);
    BOOST_TEST(typed.body().at("status") == "valid");
    const auto verification = typed.body().at("verification");
    for (const auto* step : {"reached", "key_accepted", "models_listed"}) BOOST_TEST(verification.at(step) == true);
    BOOST_TEST(ada.get(kList).body().empty() == (provider == "openai"));
    BOOST_REQUIRE(ada.save_key(provider, key).status == 200);
    BOOST_TEST(ada.post(kList + "/" + provider + "/verify").status == 200);
  }
  for (const auto& entry : ada.get(kList).body()) {
    BOOST_TEST(entry.at("verification").at("key_accepted") == true);
    BOOST_TEST(entry.contains("last_verified_at"));
  }
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_told_from_an_unknown_one_and_is_not_repeated) {
  const std::string rejected = "sk-sim-openai-echo-key-canary-0123456789";
  const auto answer = ada.post(kList + "/verify", {{"provider", "openai"}, {"api_key", rejected}});
  BOOST_TEST(answer.status == 400);
  BOOST_TEST(answer.code() == "key_rejected");
  BOOST_TEST(answer.body().at("verification").at("reached") == true);
  BOOST_TEST(answer.body().at("verification").at("key_accepted") == false);
  BOOST_TEST(answer.text.find("canary") == std::string::npos);
  BOOST_TEST(ada.post(kList + "/google/verify").status == 404);
}

BOOST_AUTO_TEST_CASE(a_stored_key_that_was_refused_keeps_the_result) {
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-rejected-0123456789").status == 200);
  BOOST_TEST(ada.post(kList + "/openai/verify").code() == "key_rejected");
  BOOST_TEST(ada.get(kList).body().at(0).at("verification").at("key_accepted") == false);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(unreachable_provider)

BOOST_AUTO_TEST_CASE(a_provider_that_cannot_be_reached_is_said_and_the_key_is_kept) {
  test::OwnkeyServer server({"--anthropic-base-url", "http://127.0.0.1:9"});
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("anthropic", "sk-ant-sim-0123456789").status == 200);
  const auto answer = ada.post(kList + "/anthropic/verify");
  BOOST_TEST(answer.code() == "provider_unreachable");
  BOOST_TEST(answer.body().at("verification").at("reached") == false);
  BOOST_TEST(ada.get(kList).body().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
