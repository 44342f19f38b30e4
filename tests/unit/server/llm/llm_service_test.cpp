// The whole service against the provider simulator.
#include "server/llm/llm_service.h"

#include <boost/test/unit_test.hpp>
#include <future>

#include "shared/mask.h"
#include "tests/support/llm_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

BOOST_FIXTURE_TEST_SUITE(llm_service, LlmFixture)

BOOST_AUTO_TEST_CASE(each_provider_answers_on_the_users_own_key) {
  for (const auto& [provider, key, model] : kProviders) {
    const auto outcome = chat(provider, key, model, "hello");
    BOOST_REQUIRE_MESSAGE(outcome.answer, (outcome.answer ? "" : outcome.answer.error().log_text));
    BOOST_TEST(outcome.answer->text == std::string(model) + " (simulated) heard: hello");
    BOOST_TEST((outcome.answer->finish_reason == FinishReason::Stop));
    BOOST_TEST(outcome.answer->usage->output_tokens > 0);
    BOOST_TEST((outcome.key->source == api::KeySource::Own));
    BOOST_TEST((outcome.key->provider == provider));
    BOOST_TEST(outcome.key->credential_id.has_value());
    BOOST_TEST(outcome.key->masked_key == mask_key(key));
    BOOST_TEST(!outcome.provider_request_id.empty());
    BOOST_TEST(seen.seen().back().key == key);
  }
}

BOOST_AUTO_TEST_CASE(each_provider_streams_piece_by_piece) {
  for (const auto& [provider, key, model] : kProviders) {
    std::vector<std::string> pieces;
    const auto outcome = chat(provider, key, model, "one two three",
                              {.on_delta = [&](std::string_view piece) { pieces.emplace_back(piece); }});
    BOOST_REQUIRE(outcome.answer);
    std::string all;
    for (const auto& piece : pieces) all += piece;
    BOOST_TEST(all == std::string(model) + " (simulated) heard: one two three");
    BOOST_TEST(outcome.answer->text == all);
    BOOST_TEST(pieces.size() > 3U);
    BOOST_TEST(outcome.answer->usage->input_tokens > 0);
    BOOST_TEST(seen.seen().back().stream);
  }
}

BOOST_AUTO_TEST_CASE(each_provider_calls_a_tool_and_takes_its_result) {
  for (const auto& [provider, key, model] : kProviders)
    for (const bool streamed : {false, true}) {
      ChatRequest request = ask(model, "add [sim:tool]");
      request.tools = {{"add", "adds numbers", {{"type", "object"}, {"properties", json::object()}}}};
      const ChatOptions options{.on_delta = streamed ? OnDelta([](std::string_view) {}) : OnDelta()};
      const auto llm = service();
      const auto user = home.add_user();
      home.save(user, provider, key);
      const auto first = llm->for_user(user).chat(request, options);
      BOOST_REQUIRE(first.answer);
      BOOST_TEST((first.answer->finish_reason == FinishReason::ToolCalls));
      const auto& call = first.answer->tool_calls.at(0);
      BOOST_TEST(call.name == "add");
      BOOST_TEST(call.arguments["input"] == "add [sim:tool]");
      request.messages.push_back({Role::Assistant, first.answer->text, first.answer->tool_calls});
      request.messages.push_back({Role::Tool, "42", {}, call.id, call.name});
      const auto second = llm->for_user(user).chat(request, options);
      BOOST_REQUIRE(second.answer);
      BOOST_TEST(holds(second.answer->text, "42"));
    }
}

BOOST_AUTO_TEST_CASE(without_a_key_no_call_is_made) {
  const auto outcome = service()->for_user(home.add_user()).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_REQUIRE(!outcome.answer);
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::NoCredential));
  BOOST_TEST(!outcome.key);
  BOOST_TEST(seen.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_key_of_one_user_serves_no_other) {
  const auto llm = service();
  const auto owner = home.add_user();
  const auto other = home.add_user();
  home.save(owner, Provider::OpenAi, kOpenAiKey);
  const auto outcome = llm->for_user(other).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::NoCredential));
  BOOST_TEST(seen.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_is_switched_off_or_does_not_open_is_not_replaced_by_another) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.damage(user, Provider::OpenAi);
  const auto unreadable = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((unreadable.answer.error().kind == ErrorKind::CredentialUnreadable));
  BOOST_TEST(unreadable.key.has_value());
  home.switch_off(user, Provider::OpenAi);
  const auto inactive = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((inactive.answer.error().kind == ErrorKind::CredentialInactive));
  BOOST_TEST(seen.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_system_key_serves_those_who_have_none) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  const auto system = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_REQUIRE(system.answer);
  BOOST_TEST((system.key->source == api::KeySource::System));
  BOOST_TEST(!system.key->credential_id);
  BOOST_TEST(seen.seen().back().key == "sk-sim-openai-the-systems-own");
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {}).answer);
  BOOST_TEST(seen.seen().back().key == kOpenAiKey);
}

BOOST_AUTO_TEST_CASE(a_system_key_that_could_not_be_sent_ends_the_start) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-first\r\nX-Second: header");
  BOOST_TEST(!LlmService::create(std::move(options), home.vault, home.users, home.late, home.clock, log));
}

BOOST_AUTO_TEST_CASE(an_own_key_that_fails_is_not_replaced_by_the_systems) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, "sk-sim-openai-rejected-0123456789");
  const auto outcome = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::KeyRejected));
  BOOST_TEST((outcome.key->source == api::KeySource::Own));
  BOOST_TEST(seen.seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_labelled_key_is_used_when_named) {
  const auto llm = service();
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-one-for-work", "work");
  BOOST_REQUIRE(llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {.credential = "work"}).answer);
  BOOST_TEST(seen.seen().back().key == "sk-sim-openai-the-one-for-work");
  const auto missing = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {.credential = "play"});
  BOOST_TEST((missing.answer.error().kind == ErrorKind::NoCredential));
}

BOOST_AUTO_TEST_CASE(another_active_key_serves_when_the_usual_one_is_off) {
  const auto llm = service();
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-one-for-work", "work");
  home.switch_off(user, Provider::OpenAi);
  BOOST_REQUIRE(llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {}).answer);
  BOOST_TEST(seen.seen().back().key == "sk-sim-openai-the-one-for-work");
}

BOOST_AUTO_TEST_CASE(an_unknown_model_needs_its_provider) {
  const auto llm = service();
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  const auto unknown = llm->for_user(user).chat(ask("some-model", "hello"), {});
  BOOST_TEST((unknown.answer.error().kind == ErrorKind::ModelNotFound));
  BOOST_TEST(asked_with(kOpenAiKey) == 0);
  const auto named = llm->for_user(user).chat(ask("some-model", "hello"), {.provider = Provider::OpenAi});
  BOOST_TEST((named.answer.error().kind == ErrorKind::ModelNotFound));
  BOOST_TEST(holds(named.answer.error().public_text, "some-model"));
  BOOST_TEST(asked_with(kOpenAiKey) == 1);
}

BOOST_AUTO_TEST_CASE(each_error_class_of_each_provider_has_its_kind) {
  const std::vector<std::pair<std::string, ErrorKind>> faults{{"rejected", ErrorKind::KeyRejected},
                                                              {"echo-key", ErrorKind::KeyRejected},
                                                              {"forbidden", ErrorKind::PermissionDenied},
                                                              {"region", ErrorKind::CountryNotServed},
                                                              {"no-credit", ErrorKind::NoCredit},
                                                              {"overloaded", ErrorKind::ProviderOverloaded},
                                                              {"server-error", ErrorKind::ProviderError},
                                                              {"timeout", ErrorKind::ProviderTimeout},
                                                              {"context-too-long", ErrorKind::ContextTooLong},
                                                              {"model-not-found", ErrorKind::ModelNotFound},
                                                              {"invalid-request", ErrorKind::ProviderError},
                                                              {"html", ErrorKind::ProviderError},
                                                              {"redirect", ErrorKind::ProviderError}};
  for (const auto& [provider, key, model] : kProviders)
    for (const auto& [name, kind] : faults)
      for (const bool by_key : {true, false}) {
        const auto outcome = chat(provider, std::string(key) + (by_key ? "-" + name : ""), model,
                                  by_key ? "hello" : "hello [sim:" + name + "]");
        BOOST_REQUIRE_MESSAGE(!outcome.answer, name_of(provider) << " " << name);
        BOOST_TEST(code_of(outcome.answer.error().kind) == code_of(kind), name_of(provider) << " " << name);
        BOOST_TEST(outcome.key.has_value());
      }
}

BOOST_AUTO_TEST_CASE(a_stream_that_goes_wrong_after_its_start_is_an_error) {
  for (const auto& [provider, key, model] : kProviders)
    for (const auto* name : {"error-in-stream", "cut", "long-line", "flood", "html"}) {
      const auto outcome =
          chat(provider, key, model, std::string("hello [sim:") + name + "]", {.on_delta = [](std::string_view) {}});
      BOOST_REQUIRE_MESSAGE(!outcome.answer, name_of(provider) << " " << name);
      BOOST_TEST(seen.seen().back().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(a_passing_trouble_is_survived_and_a_lasting_one_is_asked_three_times) {
  BOOST_TEST(bool(chat(Provider::OpenAi, kOpenAiKey, "gpt-3.5-turbo", "hello [sim:flaky]").answer));
  BOOST_TEST(seen.seen().size() == 2U);
  seen.clear();
  BOOST_TEST(!chat(Provider::OpenAi, kOpenAiKey, "gpt-3.5-turbo", "hello [sim:overloaded]").answer);
  BOOST_TEST(seen.seen().size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_account_without_credit_is_asked_once) {
  for (const auto& [provider, key, model] : kProviders) {
    seen.clear();
    chat(provider, std::string(key) + "-no-credit", model, "hello");
    BOOST_TEST(seen.seen().size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(a_rate_limit_says_how_long_to_wait) {
  LlmOptions options;
  options.retries.max_retries = 0;
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, "sk-sim-openai-rate-limited-0123456789");
  const auto outcome = llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::ProviderRateLimited));
  BOOST_TEST(*outcome.answer.error().retry_after_s == 1);
}

BOOST_AUTO_TEST_CASE(a_key_that_the_provider_repeats_reaches_nobody) {
  for (const auto& [provider, key, model] : kProviders) {
    const std::string echoing = std::string(key) + "-echo-key";
    const auto failed = chat(provider, echoing, model, "hello");
    const auto& error = failed.answer.error();
    BOOST_TEST(!holds(error.public_text + error.log_text + log_lines, echoing.substr(0, 14)));
    BOOST_TEST(holds(error.log_text, "[key]"));

    const auto whole = chat(provider, key, model, "[sim:say-key]");
    BOOST_REQUIRE(whole.answer);
    BOOST_TEST(holds(whole.answer->text, "saw the key [key]"));
    std::string streamed;
    const auto stream =
        chat(provider, key, model, "[sim:say-key]", {.on_delta = [&](std::string_view text) { streamed += text; }});
    BOOST_REQUIRE(stream.answer);
    BOOST_TEST(holds(streamed, "saw the key [key]"));
    BOOST_TEST(stream.answer->text == streamed);
  }
}

BOOST_AUTO_TEST_CASE(a_cancel_ends_a_call_before_its_first_byte_and_in_the_middle) {
  for (const auto* name : {"stall", "stall-in-stream"}) {
    seen.clear();
    base::CancelSource source;
    auto outcome = std::async(std::launch::async, [&] {
      return chat(Provider::OpenAi, kOpenAiKey, "gpt-3.5-turbo", std::string("[sim:") + name + "]",
                  {.on_delta = [](std::string_view) {}, .cancel = source.token()});
    });
    while (seen.seen().empty()) std::this_thread::yield();
    const auto start = steady_clock::now();
    source.cancel();
    BOOST_TEST(!outcome.get().answer);
    BOOST_TEST((steady_clock::now() - start < seconds(2)));
  }
}

BOOST_AUTO_TEST_CASE(a_cancel_ends_the_wait_before_a_retry) {
  base::CancelSource source;
  LlmOptions options;
  options.retries.max_retries = 1000;
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, "sk-sim-openai-rate-limited-0123456789");
  auto outcome = std::async(std::launch::async, [&] {
    return llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {.cancel = source.token()});
  });
  while (seen.seen().empty()) std::this_thread::yield();
  source.cancel();
  BOOST_TEST(!outcome.get().answer);
  BOOST_TEST(seen.seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(many_calls_at_once_do_not_mix) {
  const auto llm = service();
  std::vector<std::future<bool>> calls;
  for (int i = 0; i < 16; ++i) {
    const auto user = home.add_user();
    home.save(user, Provider::OpenAi, std::string(kOpenAiKey) + std::to_string(i));
    calls.push_back(std::async(std::launch::async, [&, user, i] {
      for (int n = 0; n < 20; ++n) {
        const auto prompt = "call " + std::to_string(i) + "." + std::to_string(n);
        const auto outcome = llm->for_user(user).chat(ask("gpt-3.5-turbo", prompt), {});
        if (!outcome.answer || outcome.answer->text != "gpt-3.5-turbo (simulated) heard: " + prompt) return false;
      }
      return true;
    }));
  }
  for (auto& call : calls) BOOST_TEST(call.get());
  BOOST_TEST(seen.seen().size() == 320U);
}

BOOST_AUTO_TEST_CASE(a_provider_that_is_not_there_is_unreachable) {
  LlmOptions options;
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  auto llm = LlmService::create({.endpoints = {.openai_base_url = "http://127.0.0.1:1"}}, home.vault, home.users,
                                home.late, home.clock, log);
  BOOST_REQUIRE(llm);
  const auto outcome = (*llm)->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {});
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::ProviderUnreachable));
  const auto verified = (*llm)->for_user(user).verify_stored(Provider::OpenAi, "default", test::kClient);
  BOOST_REQUIRE(verified);
  BOOST_TEST(!verified->verification.reached);
}

BOOST_AUTO_TEST_CASE(a_good_key_verifies_with_its_models_and_without_a_chat) {
  const auto llm = service();
  for (const auto& [provider, key, model] : kProviders) {
    seen.clear();
    const auto outcome = llm->for_user(home.add_user()).verify(provider, Secret(key), std::nullopt);
    BOOST_REQUIRE(outcome);
    BOOST_TEST(!outcome->error);
    BOOST_TEST(outcome->verification.models_listed);
    BOOST_TEST(*outcome->verification.model_count >= 3);
    BOOST_REQUIRE(seen.seen().size() == 1U);
    BOOST_TEST(seen.seen()[0].method == "GET");
    BOOST_TEST(!holds(seen.seen()[0].path, key));
  }
}

BOOST_AUTO_TEST_CASE(bad_and_restricted_keys_verify_for_what_they_are) {
  const auto llm = service();
  for (const auto& [provider, key, model] : kProviders) {
    const auto me = llm->for_user(home.add_user());
    const auto rejected = me.verify(provider, Secret("sk-unknown-0123456789"), std::nullopt);
    BOOST_TEST((rejected->error->kind == ErrorKind::KeyRejected));
    BOOST_TEST(rejected->verification.reached);
    BOOST_TEST(!rejected->verification.key_accepted);
    const auto restricted = me.verify(provider, Secret(std::string(key) + "-restricted"), std::nullopt);
    BOOST_TEST(!restricted->error);
    BOOST_TEST(restricted->verification.key_accepted);
    BOOST_TEST(!restricted->verification.models_listed);
  }
}

BOOST_AUTO_TEST_CASE(the_check_of_a_stored_key_is_kept_with_it) {
  const auto llm = service();
  const auto user = home.add_user();
  home.save(user, Provider::Anthropic, kAnthropicKey);
  BOOST_REQUIRE(llm->for_user(user).verify_stored(Provider::Anthropic, "default", test::kClient));
  const auto kept = home.vault.find(user, Provider::Anthropic, "default");
  BOOST_REQUIRE((*kept)->verification);
  BOOST_TEST((*kept)->verification->models_listed);
  const auto missing = llm->for_user(home.add_user()).verify_stored(Provider::Anthropic, "default", test::kClient);
  BOOST_TEST((missing.error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(a_compatible_service_is_reached_at_its_own_url_when_allowed) {
  LlmOptions options;
  options.endpoints.custom_hosts = {"127.0.0.1:" + std::to_string(simulator.port())};
  const auto llm = service(std::move(options));
  const auto user = home.add_user();
  const auto url = simulator.origin() + "/v1";
  BOOST_TEST(bool(llm->check_base_url(Provider::OpenAiCompatible, url)));
  BOOST_TEST(!llm->check_base_url(Provider::OpenAiCompatible, "http://127.0.0.1:1/v1"));
  home.save(user, Provider::OpenAiCompatible, kOpenAiKey, "default", url);
  const auto outcome =
      llm->for_user(user).chat(ask("gpt-3.5-turbo", "hello"), {.provider = Provider::OpenAiCompatible});
  BOOST_REQUIRE(outcome.answer);
  BOOST_TEST((outcome.key->provider == Provider::OpenAiCompatible));
  const auto verified =
      llm->for_user(user).verify(Provider::OpenAiCompatible, Secret(kOpenAiKey), "https://elsewhere.example.com");
  BOOST_TEST(verified.error().field == "base_url");
}

BOOST_AUTO_TEST_CASE(a_proxy_leaves_users_no_host_whose_address_cannot_be_judged) {
  LlmOptions options;
  options.endpoints.custom_hosts = {"*.example.com"};
  options.proxy = "http://127.0.0.1:1";
  const auto proxied = service(std::move(options));
  const auto refused = proxied->check_base_url(Provider::OpenAiCompatible, "https://inside.example.com/v1");
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().field == "base_url");
}

BOOST_AUTO_TEST_SUITE_END()
