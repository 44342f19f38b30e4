#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::problem;

namespace {

constexpr const char* kProviders =
    R"([{"provider":"openai","name":"OpenAI","key_hint":"sk-…","docs_url":"https://platform.openai.com/api-keys","needs_base_url":false,"available":true},
        {"provider":"anthropic","name":"Anthropic","key_hint":"sk-ant-…","docs_url":"https://platform.claude.com/settings/keys","needs_base_url":false,"available":true},
        {"provider":"openai_compatible","name":"OpenAI-compatible","key_hint":"","docs_url":"","needs_base_url":true,"available":true}])";

std::string key(const std::string& id, const std::string& label, const std::string& provider = "openai",
                const std::string& more = "") {
  return R"({"id":")" + id + R"(","provider":")" + provider + R"(","label":")" + label + R"(","masked_key":"sk-...)" +
         id + R"(","is_active":true,"created_at":"2026-11-24T10:00:00Z","updated_at":"2026-11-24T10:00:00Z",)" + more +
         R"("health":"readable"})";
}

constexpr const char* kFailover = R"({"openai":{"enabled":true,"order":["work","default"]}})";

struct Fixture : support::PageFixture {
  Fixture() { known_providers = kProviders; }
  void open_two_keys() {
    open_keys("[" + key("aaaa", "default") + "," + key("bbbb", "work") + "]");
    answer("GET", "/api/settings/failover", 200, kFailover);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_several_keys, Fixture)

BOOST_AUTO_TEST_CASE(another_key_is_added_with_a_label_of_its_own) {
  open_keys("[" + key("aaaa", "default") + "]");
  BOOST_TEST(!page.is_waiting_for("GET", "/api/settings/failover"));
  click("button", "Add another OpenAI key");
  BOOST_TEST(page.focused == page.find("input", "Label")->id);
  type("OpenAI key", "sk-second-1234567890");
  type("Label", "Not a label");
  click("button", "Save OpenAI key");
  BOOST_TEST(*page.find("input", "Label")->attributes.find("aria-invalid") == "true");
  type("Label", "work");
  click("button", "Save OpenAI key");
  BOOST_TEST(page.requests.back().body == R"({"api_key":"sk-second-1234567890","label":"work","provider":"openai"})");
  answer("POST", "/api/settings/credentials", 200, key("bbbb", "work"));
  BOOST_TEST(page.announcements.back().text == "OpenAI key work saved");
  BOOST_TEST(page.shows("sk-...aaaa"));
  BOOST_TEST(page.shows("sk-...bbbb"));
  BOOST_TEST(!page.find("input", "OpenAI key"));
}

BOOST_AUTO_TEST_CASE(escape_closes_the_field_for_another_key_and_gives_the_focus_back) {
  open_keys("[" + key("aaaa", "default") + "]");
  click("button", "Add another OpenAI key");
  page.press_escape();
  run();
  BOOST_TEST(!page.find("input", "Label"));
  BOOST_TEST(page.focused == page.find("button", "Add another OpenAI key")->id);
}

BOOST_AUTO_TEST_CASE(each_of_several_keys_is_verified_and_replaced_by_itself) {
  open_two_keys();
  click("button", "Verify OpenAI key default");
  answer("POST", "/api/settings/credentials/openai/verify", 400, problem("key_rejected", "it was refused", "api_key"));
  BOOST_TEST(page.find("span", "Rejected"));
  BOOST_TEST(page.shows("It was refused."));
  click("button", "Replace OpenAI key work");
  BOOST_TEST(page.shows("Enter a new key to replace “work”."));
  type("OpenAI key", "sk-newer-1234567890");
  click("button", "Save OpenAI key");
  BOOST_TEST(page.requests.back().body == R"({"api_key":"sk-newer-1234567890","label":"work","provider":"openai"})");
}

BOOST_AUTO_TEST_CASE(keys_stand_in_the_order_of_the_failover_which_can_be_changed) {
  open_two_keys();
  BOOST_TEST(page.find("button", "Move up OpenAI key default"));
  BOOST_TEST(!page.find("button", "Move up OpenAI key work"));
  click("button", "Move up OpenAI key default");
  BOOST_TEST(page.requests.back().body == R"({"openai":{"enabled":true,"order":["default","work"]}})");
  answer("PUT", "/api/settings/failover", 200, R"({"openai":{"enabled":true,"order":["default","work"]}})");
  BOOST_TEST(page.find("button", "Move up OpenAI key work"));
  click("button", "Use the next key when one fails");
  BOOST_TEST(page.requests.back().body == R"({"openai":{"enabled":false,"order":["default","work"]}})");
  answer("PUT", "/api/settings/failover", 200, R"({"openai":{"enabled":false,"order":["default","work"]}})");
  BOOST_TEST(*page.find("button", "Use the next key when one fails")->attributes.find("aria-checked") == "false");
  BOOST_TEST(!page.find("button", "Move up OpenAI key work"));
}

BOOST_AUTO_TEST_CASE(a_key_is_renamed_in_place_and_a_taken_label_is_told_at_its_field) {
  open_two_keys();
  click("button", "Rename OpenAI key work");
  BOOST_TEST(page.text_of("New label") == "work");
  type("New label", "default");
  click("button", "Save label of OpenAI key work");
  BOOST_TEST(page.requests.back().body == R"({"label":"default"})");
  answer("PATCH", "/api/settings/credentials/openai/work", 409, problem("conflict", "this label is taken", "label"));
  BOOST_TEST(*page.find("input", "New label")->attributes.find("aria-invalid") == "true");
  answer("GET", "/api/settings/credentials", 200, "[" + key("aaaa", "default") + "," + key("bbbb", "work") + "]");
  type("New label", "team");
  click("button", "Save label of OpenAI key work");
  answer("PATCH", "/api/settings/credentials/openai/work", 200, key("bbbb", "team"));
  BOOST_TEST(!page.find("input", "New label"));
  BOOST_TEST(page.focused == page.find("button", "Rename OpenAI key team")->id);
}

BOOST_AUTO_TEST_CASE(what_is_known_of_a_key_is_told_in_the_time_of_the_person) {
  open_keys("[" +
            key("aaaa", "default", "openai",
                R"("last_used_at":"2026-11-24T23:30:00Z","last_verified_at":"2026-11-24T11:00:00Z",)") +
            "]");
  BOOST_TEST(page.shows("Saved 24 Nov 2026 · used 25 Nov 2026, 00:30 · verified 24 Nov 2026, 12:00"));
}

BOOST_AUTO_TEST_CASE(a_key_that_seems_to_be_of_another_provider_is_moved_there) {
  open_keys();
  type("OpenAI key", "sk-ant-api03-1234567890");
  BOOST_TEST(page.shows("This looks like an Anthropic key."));
  click("button", "Use it for Anthropic");
  BOOST_TEST(page.text_of("OpenAI key").empty());
  BOOST_TEST(page.text_of("Anthropic key") == "sk-ant-api03-1234567890");
  BOOST_TEST(page.focused == page.find("input", "Anthropic key")->id);
  BOOST_TEST(!page.shows("This looks like"));
}

BOOST_AUTO_TEST_CASE(a_service_of_ones_own_needs_its_address_and_keeps_it_when_the_key_is_replaced) {
  open_keys();
  type("OpenAI-compatible key", "secret-1234567890");
  click("button", "Save OpenAI-compatible key");
  BOOST_TEST(*page.find("input", "Base URL")->attributes.find("aria-invalid") == "true");
  type("Base URL", "https://llm.example.com/v1");
  click("button", "Verify OpenAI-compatible key");
  BOOST_TEST(
      page.requests.back().body ==
      R"({"api_key":"secret-1234567890","base_url":"https://llm.example.com/v1","provider":"openai_compatible"})");
  answer("POST", "/api/settings/credentials/verify", 400,
         problem("invalid_request", "this host is not allowed", "base_url"));
  BOOST_TEST(page.shows("This host is not allowed."));
  click("button", "Save OpenAI-compatible key");
  answer("POST", "/api/settings/credentials", 200,
         key("cccc", "default", "openai_compatible", R"("base_url":"https://llm.example.com/v1",)"));
  BOOST_TEST(page.shows("for https://llm.example.com/v1"));
  answer("GET", "/api/settings/credentials", 200,
         "[" + key("cccc", "default", "openai_compatible", R"("base_url":"https://llm.example.com/v1",)") + "]");
  type("OpenAI-compatible key", "newer-1234567890");
  click("button", "Save OpenAI-compatible key");
  BOOST_TEST(
      page.requests.back().body ==
      R"({"api_key":"newer-1234567890","base_url":"https://llm.example.com/v1","label":"default","provider":"openai_compatible"})");
}

BOOST_AUTO_TEST_CASE(a_provider_that_is_not_served_here_is_shown_only_to_whoever_has_a_key_of_it) {
  std::string providers = kProviders;
  providers.replace(providers.rfind("true"), 4, "false");
  for (const bool has_key : {false, true}) {
    support::PageFixture f;
    f.open_signed_in("/settings/keys");
    f.answer("GET", "/api/settings/providers", 200, providers);
    f.answer("GET", "/api/settings/credentials", 200,
             has_key ? "[" + key("cccc", "default", "openai_compatible") + "]" : "[]");
    BOOST_TEST((f.page.find("h2", "OpenAI-compatible") != nullptr) == has_key);
    BOOST_TEST(f.page.shows("This server allows no such services any more") == has_key);
    BOOST_TEST((f.page.find("button", "Remove OpenAI-compatible key") != nullptr) == has_key);
  }
}

BOOST_AUTO_TEST_CASE(one_of_several_keys_is_removed_after_a_question) {
  open_two_keys();
  click("button", "Remove OpenAI key work");
  click("button", "Really remove OpenAI key work");
  answer("DELETE", "/api/settings/credentials/openai/work", 200, R"({"status":"success"})");
  BOOST_TEST(!page.shows("sk-...bbbb"));
  BOOST_TEST(page.focused == page.find("input", "OpenAI key")->id);
}

BOOST_AUTO_TEST_SUITE_END()
