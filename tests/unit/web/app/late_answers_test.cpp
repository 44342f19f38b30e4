// What a person does between a request and its answer is theirs: nothing of it is lost, and nobody is led away from it.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::kUser;
using support::problem;
using support::replaced;

namespace {

constexpr const char* kProviders =
    R"([{"provider":"openai","name":"OpenAI","key_hint":"sk-…","docs_url":"https://platform.openai.com/api-keys","needs_base_url":false,"available":true},
        {"provider":"anthropic","name":"Anthropic","key_hint":"sk-ant-…","docs_url":"https://platform.claude.com/settings/keys","needs_base_url":false,"available":true}])";
constexpr const char* kVerified =
    R"({"valid":true,"verification":{"reached":true,"key_accepted":true,"models_listed":true,"checked_at":"2026-11-24T10:00:00Z","latency_ms":1,"detail":"fine"}})";
constexpr const char* kStored =
    R"({"id":"k1","provider":"openai","label":"default","masked_key":"sk-...1111","is_active":true,"created_at":"2026-11-24T10:00:00Z","updated_at":"2026-11-24T10:00:00Z","health":"readable"})";
constexpr const char* kVerify = "/api/settings/credentials/verify";
constexpr const char* kWorkflow =
    R"({"id":"w1","name":"Ask","description":"","status":"draft","created_at":"2026-11-24T10:00:00Z",
        "updated_at":"2026-11-24T10:00:00Z","canvas_state":{"nodes":[{"id":"m","type":"llm","data":{"model":"gpt"}}],"edges":[]}})";

struct Fixture : support::PageFixture {
  Fixture() { known_providers = kProviders; }
  void open_account() {
    open_signed_in("/settings/account");
    answer("GET", "/api/settings/two-factor", 200, R"({"enabled":false,"recovery_codes_left":0})");
    answer("GET", "/api/settings/sessions", 200, "[]");
  }
  void open_workflow() {
    open_signed_in("/workflows/w1");
    answer("GET", "/api/workflows/w1", 200, kWorkflow);
    answer("GET", "/api/workflows/tools", 200, "[]");
    answer("GET", "/api/models", 200, "[]");
  }
  void go_into(const char* field) {
    page.focused = page.find("input", field)->id;
    page.world.events.emplace_back(platform::FocusMoved{page.focused, true});
    run();
  }
  bool is_marked_wrong(const char* field) { return bool(page.find("input", field)->attributes.find("aria-invalid")); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_late_answers, Fixture)

BOOST_AUTO_TEST_CASE(a_refusal_does_not_take_the_focus_from_where_somebody_types) {
  open_keys();
  type("OpenAI key", "sk-wrong-1234567890");
  click("button", "Verify OpenAI key");
  go_into("Anthropic key");
  const auto typing = page.focused;
  answer("POST", kVerify, 400, problem("key_rejected", "it was refused", "api_key"));
  BOOST_TEST(page.focused == typing);
  BOOST_TEST(is_marked_wrong("OpenAI key"));
}

BOOST_AUTO_TEST_CASE(a_refusal_of_another_text_is_not_told_of_the_one_that_is_there) {
  open_keys();
  type("OpenAI key", "sk-wrong-1234567890");
  click("button", "Verify OpenAI key");
  type("OpenAI key", "sk-right-1234567890");
  answer("POST", kVerify, 400, problem("key_rejected", "it was refused", "api_key"));
  BOOST_TEST(!is_marked_wrong("OpenAI key"));
  BOOST_TEST(!page.find("span", "Rejected"));
}

BOOST_AUTO_TEST_CASE(what_is_typed_while_a_save_is_under_way_stays) {
  open_account();
  type("Name", "Ada L.");
  click("button", "Save profile");
  type("Name", "Ada Lovelace");
  answer("PATCH", "/api/settings/profile", 200, replaced(kUser, R"("Ada")", R"("Ada L.")"));
  BOOST_TEST(page.text_of("Name") == "Ada Lovelace");
  BOOST_TEST(page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(the_next_key_that_is_pasted_while_one_is_saved_stays) {
  open_keys();
  type("OpenAI key", "sk-first-1234567890");
  click("button", "Save OpenAI key");
  type("OpenAI key", "sk-second-1234567890");
  answer("POST", "/api/settings/credentials", 200, kStored);
  BOOST_TEST(page.text_of("OpenAI key") == "sk-second-1234567890");
}

BOOST_AUTO_TEST_CASE(a_key_is_saved_while_its_check_is_still_under_way) {
  open_keys();
  type("OpenAI key", "sk-first-1234567890");
  click("button", "Verify OpenAI key");
  click("button", "Save OpenAI key");
  answer("POST", "/api/settings/credentials", 200, kStored);
  BOOST_TEST(page.shows("sk-...1111"));
  answer("POST", kVerify, 400, problem("key_rejected", "it was refused", "api_key"));
  BOOST_TEST(!page.find("span", "Rejected"));
}

BOOST_AUTO_TEST_CASE(the_check_of_the_old_key_says_nothing_of_the_one_that_took_its_place) {
  open_keys("[" + std::string(kStored) + "]");
  click("button", "Verify OpenAI key");
  type("OpenAI key", "sk-newer-1234567890");
  click("button", "Save OpenAI key");
  answer("POST", "/api/settings/credentials", 200, kStored);
  answer("POST", "/api/settings/credentials/openai/verify", 400, problem("key_rejected", "it was refused", "api_key"));
  BOOST_TEST(!page.find("span", "Rejected"));
}

BOOST_AUTO_TEST_CASE(to_add_a_key_never_replaces_another) {
  open_keys("[" + std::string(kStored) + "]");
  click("button", "Add another OpenAI key");
  type("OpenAI key", "sk-second-1234567890");
  type("Label", "default");
  click("button", "Save OpenAI key");
  BOOST_TEST(!page.is_waiting_for("POST", "/api/settings/credentials"));
  BOOST_TEST(is_marked_wrong("Label"));
}

BOOST_AUTO_TEST_CASE(a_list_that_was_asked_for_before_a_change_does_not_undo_it) {
  open_keys("[" + std::string(kStored) + "]");
  click("button", "Verify OpenAI key");
  answer("POST", "/api/settings/credentials/openai/verify", 200, kVerified);  // asks for the list
  click("button", "Remove OpenAI key");
  click("button", "Really remove OpenAI key");
  answer("DELETE", "/api/settings/credentials/openai", 204, "");  // and again
  answer("GET", "/api/settings/credentials", 200, "[" + std::string(kStored) + "]");
  BOOST_TEST(!page.shows("sk-...1111"));
  answer("GET", "/api/settings/credentials", 200, "[]");
  BOOST_TEST(!page.shows("sk-...1111"));
}

BOOST_AUTO_TEST_CASE(a_run_that_has_begun_leads_nobody_away_from_another_page) {
  open_workflow();
  click("button", "Run");
  open("/workflows/w1/edit");
  const auto addresses = page.addresses.size();
  answer("POST", "/api/workflows/w1/runs", 202, R"({"run_id":"r1"})");
  BOOST_TEST(page.addresses.size() == addresses);
  BOOST_TEST(!page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
}

BOOST_AUTO_TEST_CASE(a_run_is_followed_only_while_it_is_looked_at) {
  open_workflow();
  click("button", "Run");
  answer("POST", "/api/workflows/w1/runs", 202, R"({"run_id":"r1"})");
  BOOST_TEST(page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
  open("/settings/keys");
  BOOST_TEST(!page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
  open("/workflows/w1/runs/r1");
  answer("GET", "/api/runs/r1", 200,
         R"({"run_id":"r1","workflow_id":"w1","status":"running","started_at":"2026-11-24T10:00:00Z"})");
  BOOST_TEST(page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
}

BOOST_AUTO_TEST_CASE(a_workflow_that_was_changed_elsewhere_is_shown_as_it_is_now) {
  open_workflow();
  open("/workflows/w1/edit");
  answer("GET", "/api/workflows/w1", 200,
         replaced(replaced(kWorkflow, "\"Ask\"", "\"Ask again\""), R"("updated_at":"2026-11-24T10)",
                  R"("updated_at":"2026-11-24T11)"));
  BOOST_TEST(page.text_of("Name") == "Ask again");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(a_workflow_that_is_being_changed_here_stays_as_it_was_typed) {
  open_workflow();
  open("/workflows/w1/edit");
  type("Name", "Mine");
  answer("GET", "/api/workflows/w1", 200,
         replaced(replaced(kWorkflow, "\"Ask\"", "\"Theirs\""), R"("updated_at":"2026-11-24T10)",
                  R"("updated_at":"2026-11-24T11)"));
  BOOST_TEST(page.text_of("Name") == "Mine");
  BOOST_TEST(page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(recovery_codes_stay_until_they_were_kept) {
  open_account();
  click("button", "Set up two-factor sign-in");
  type("Your password", "correct horse");
  click("button", "Continue");
  answer("POST", "/api/settings/two-factor/setup", 200, R"({"secret":"ABCD","otpauth_uri":"otpauth://x","qr":["1"]})");
  type("Code of your app", "123456");
  click("button", "Switch on");
  open("/workflows");
  answer("POST", "/api/settings/two-factor/enable", 200, R"({"recovery_codes":["aaaa-bbbb","cccc-dddd"]})");
  BOOST_TEST(page.guards_leaving);
  open("/settings/usage");
  open("/settings/account");
  BOOST_TEST(page.text_of("Recovery codes") == "aaaa-bbbb\ncccc-dddd");
  click("button", "I have kept them");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(the_code_is_asked_of_that_person_alone_whose_password_was_right) {
  open("/login");
  answer("GET", "/api/auth/me", 401, problem("unauthenticated", "sign in"));
  type("Email", "ada@example.com");
  type("Password", "correct horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("two_factor_required", "enter the code"));
  BOOST_TEST(page.find("input", "Code"));
  type("Email", "bob@example.com");
  type("Password", "battery staple");
  click("button", "Sign in");
  BOOST_TEST(page.requests.back().body ==
             R"({"email":"bob@example.com","password":"battery staple","session":"cookie"})");
}

BOOST_AUTO_TEST_CASE(a_password_does_not_stay_on_a_page_that_was_left) {
  open_account();
  type("New password", "battery staple");
  open("/settings/keys");
  open("/settings/account");
  BOOST_TEST(page.text_of("New password") == "");
}

BOOST_AUTO_TEST_SUITE_END()
