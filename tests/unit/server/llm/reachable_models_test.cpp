// Which models a person's keys reach, and which provider has a model.
#include "server/llm/reachable_models.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/llm_fixture.h"
#include "tests/support/raw_server.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;

namespace {

struct Fixture : LlmFixture {
  base::UserId user = home.add_user();
  std::unique_ptr<LlmService> llm = service();

  std::vector<api::Model> models(std::optional<Provider> provider = {}) {
    return value_of(llm->for_user(user).models(provider));
  }
  int lists_asked() {
    int count = 0;
    for (const auto& request : seen.seen()) count += request.method == "GET";
    return count;
  }
  // A service that lists these models and answers no chat.
  static std::string list_of(const std::string& models) {
    const std::string body = R"({"object":"list","data":[)" + models + "]}";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }
};

const api::Model* find(const std::vector<api::Model>& models, std::string_view id) {
  const auto found = std::ranges::find(models, id, &api::Model::id);
  return found == models.end() ? nullptr : &*found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reachable_models, Fixture)

BOOST_AUTO_TEST_CASE(all_active_keys_bring_their_models) {
  for (const auto& [provider, key, model] : kProviders) home.save(user, provider, key);
  const auto all = models();
  for (const auto& [provider, key, model] : kProviders) {
    const auto* found = find(all, model);
    BOOST_REQUIRE_MESSAGE(found, model);
    BOOST_TEST((found->provider == provider));
    BOOST_TEST(found->credentials == std::vector<std::string>{"default"}, boost::test_tools::per_element());
  }
  BOOST_TEST(*find(all, "claude-opus-5")->context_tokens == 200000);
  BOOST_TEST(*find(all, "gpt-4o")->shutdown_date == "2027-01-14");
  BOOST_TEST(*find(all, "o3")->shutdown_date == "2026-12-11", "announced, though the list does not say it");
  BOOST_TEST(!find(all, "gpt-5.5")->shutdown_date);
  const auto google = models(Provider::Google);
  BOOST_TEST(!google.empty());
  for (const auto& model : google) BOOST_TEST((model.provider == Provider::Google));
}

BOOST_AUTO_TEST_CASE(lists_are_kept_for_minutes_and_for_one_generation_of_one_key) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  models();
  models();
  BOOST_TEST(lists_asked() == 1);
  home.save(user, Provider::OpenAi, "sk-sim-openai-another-0123456789");
  models();
  BOOST_TEST(lists_asked() == 2);
  home.clock.advance(ModelLists::kKept);
  models();
  BOOST_TEST(lists_asked() == 3);
  const auto other = home.add_user();
  home.save(other, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(llm->for_user(other).models({}));
  BOOST_TEST(lists_asked() == 4);
}

BOOST_AUTO_TEST_CASE(a_check_of_a_key_fills_the_list) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(llm->for_user(user).verify_stored(Provider::OpenAi, "default", kClient));
  BOOST_TEST(!models().empty());
  BOOST_TEST(lists_asked() == 1);
}

BOOST_AUTO_TEST_CASE(without_keys_and_with_keys_that_are_off_there_are_none) {
  BOOST_TEST(models().empty());
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.switch_off(user, Provider::OpenAi);
  BOOST_TEST(models().empty());
  BOOST_TEST(seen.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_fails_is_an_error_only_when_no_other_brings_a_list) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-rejected-0123456789");
  const auto failed = llm->for_user(user).models({});
  BOOST_REQUIRE(!failed);
  BOOST_TEST((failed.error().kind == ErrorKind::KeyRejected));
  BOOST_TEST(!llm->for_user(user).models({}));
  BOOST_TEST(lists_asked() == 1, "a failure is kept for a moment");
  home.clock.advance(ModelLists::kFailureKept);
  BOOST_TEST(!llm->for_user(user).models({}));
  BOOST_TEST(lists_asked() == 2);
  home.save(user, Provider::Anthropic, kAnthropicKey);
  BOOST_TEST(!models().empty());
}

BOOST_AUTO_TEST_CASE(a_restricted_key_adds_nothing_and_is_no_error) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-restricted-0123456789");
  BOOST_TEST(models().empty());
}

BOOST_AUTO_TEST_CASE(the_operators_key_counts_for_those_who_have_none) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  llm = service(std::move(options));
  const auto all = models();
  BOOST_REQUIRE(find(all, "gpt-5.5"));
  BOOST_TEST(find(all, "gpt-5.5")->credentials.empty());
  home.save(user, Provider::OpenAi, kOpenAiKey);
  seen.clear();
  models();
  BOOST_TEST(asked_with("sk-sim-openai-the-systems-own", "GET") == 0);
}

BOOST_AUTO_TEST_CASE(where_only_one_provider_comes_into_question_nobody_is_asked) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {}).answer);
  BOOST_TEST(seen.seen().size() == 1U);
  const auto missing = llm->for_user(user).chat(ask("claude-opus-5", "hello"), {});
  BOOST_TEST((missing.answer.error().kind == ErrorKind::NoCredential));
}

BOOST_AUTO_TEST_CASE(a_model_goes_to_the_provider_that_lists_it_whatever_its_name_looks_like) {
  RawServer other([](RawConnection& connection) {
    for (std::string head = connection.read_head(); !head.empty(); head = connection.read_head()) {
      if (head.starts_with("GET"))
        connection.send(list_of(R"({"id":"gpt-oss-120b"},{"id":"llama-4"},{"id":"gpt-5.5"})"));
      else connection.send("HTTP/1.1 418 Here\r\nContent-Length: 0\r\n\r\n");
    }
  });
  LlmOptions options;
  options.endpoints.custom_hosts = {"127.0.0.1"};
  llm = service(std::move(options));
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.save(user, Provider::OpenAiCompatible, kOpenAiKey, "default",
            "http://127.0.0.1:" + std::to_string(other.port()) + "/v1");
  const auto provider_for = [&](const char* model) {
    const auto outcome = llm->for_user(user).chat(ask(model, "hello"), {});
    return outcome.key ? std::optional(outcome.key->provider) : std::nullopt;
  };
  BOOST_TEST((provider_for("gpt-oss-120b") == Provider::OpenAiCompatible));
  BOOST_TEST((provider_for("llama-4") == Provider::OpenAiCompatible));
  BOOST_TEST((provider_for("gpt-5.5") == Provider::OpenAi), "both list it; its family decides");
  BOOST_TEST((provider_for("gpt-9") == Provider::OpenAi), "nobody lists it; its family decides");
  BOOST_TEST(!provider_for("unheard-of"));
}

BOOST_AUTO_TEST_CASE(a_model_that_several_have_must_be_told_apart) {
  RawServer another([](RawConnection& connection) {
    while (!connection.read_head().empty()) connection.send(list_of(R"({"id":"shared-model"})"));
  });
  LlmOptions options;
  options.endpoints = {"http://127.0.0.1:" + std::to_string(another.port()) + "/v1", "", "", {"127.0.0.1"}};
  llm = value_of(LlmService::create(std::move(options), home.vault, home.users, home.late, home.clock, log));
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.save(user, Provider::OpenAiCompatible, kOpenAiKey, "default",
            "http://127.0.0.1:" + std::to_string(another.port()) + "/v1");
  const auto outcome = llm->for_user(user).chat(ask("shared-model", "hello"), {});
  BOOST_REQUIRE(!outcome.answer);
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::ModelNotFound));
  BOOST_TEST(holds(outcome.answer.error().public_text, "OpenAI and OpenAI-compatible"));
}

BOOST_AUTO_TEST_CASE(a_flood_of_lists_does_not_fill_the_memory) {
  ModelLists lists(home.clock);
  std::vector<Model> many;
  for (int i = 0; i < 5000; ++i) many.push_back({"model-" + std::to_string(i), ""});
  many[0].id = std::string(1'000'000, 'x');
  BOOST_TEST((*lists.put("one", many))->size() == ModelLists::kMaxModels);
  BOOST_TEST((*lists.find("one"))->front().id == "model-1");
  for (std::size_t i = 0; i < ModelLists::kMaxModelsOfAll / ModelLists::kMaxModels; ++i)
    lists.put("list " + std::to_string(i), many);
  BOOST_TEST(!lists.find("one"));
  BOOST_TEST(lists.find("list 1") != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
