#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::kUser;
using support::problem;

namespace {

constexpr const char* kProviders =
    R"([{"provider":"openai","name":"OpenAI","key_hint":"sk-…","docs_url":"https://platform.openai.com/api-keys","needs_base_url":false,"available":true},
        {"provider":"openai_compatible","name":"Other","key_hint":"","docs_url":"","needs_base_url":true,"available":false}])";
constexpr const char* kSavedKey =
    R"({"id":"c1","provider":"openai","label":"default","masked_key":"sk-...X8d2","is_active":true,
        "created_at":"2026-11-24T10:00:00Z","updated_at":"2026-11-24T10:00:00Z","health":"readable"})";
constexpr const char* kReplacedKey =
    R"({"id":"c1","provider":"openai","label":"work","masked_key":"sk-...Y9e3","is_active":true,
        "created_at":"2026-11-24T10:00:00Z","updated_at":"2026-11-24T10:00:00Z","health":"readable",
        "previous":{"masked_key":"sk-...X8d2","replaced_at":"2026-11-24T12:24:00Z","until":"2026-11-24T12:34:00Z"}})";
constexpr const char* kVerification =
    R"({"reached":true,"key_accepted":true,"models_listed":true,"model_count":27,"checked_at":"2026-11-24T10:00:00Z",
        "latency_ms":312,"detail":""})";

struct Fixture : support::PageFixture {
  Fixture() { known_providers = kProviders; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_sessions, Fixture)

BOOST_AUTO_TEST_CASE(without_a_session_signing_in_comes_first_and_leads_back) {
  open("/settings/keys");
  answer("GET", "/api/auth/me", 401, "");
  BOOST_TEST(page.addresses.back() == "/login?next=/settings/keys");
  BOOST_TEST(page.find("h1", "Sign in"));
  type("Email", "Ada@example.com ");
  type("Password", "correct horse");
  click("button", "Sign in");
  BOOST_TEST(page.requests.back().body ==
             R"({"email":"Ada@example.com","password":"correct horse","session":"cookie"})");
  answer("POST", "/api/auth/login", 200, "{}");
  answer("GET", "/api/auth/me", 200, kUser);
  BOOST_TEST(page.addresses.back() == "/settings/keys");
  BOOST_TEST(page.title == "API keys · Ownkey");
  BOOST_TEST(page.focused == page.find("h1", "API keys")->id);
}

BOOST_AUTO_TEST_CASE(missing_fields_are_told_in_place_and_nothing_is_sent) {
  open("/login");
  answer("GET", "/api/auth/me", 401, "");
  click("button", "Sign in");
  BOOST_TEST(page.shows("Enter an e-mail address"));
  BOOST_TEST(page.shows("Enter your password."));
  BOOST_TEST(page.focused == page.find("input", "Email")->id);
  BOOST_TEST(page.announcements.back().text == "2 fields need your attention.");
  BOOST_TEST(page.requests.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_sign_in_is_told_and_keeps_what_was_typed) {
  open("/login");
  answer("GET", "/api/auth/me", 401, "");
  type("Email", "ada@example.com");
  type("Password", "wrong horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("unauthenticated", "the e-mail address or the password is not right"));
  BOOST_TEST(page.shows("The e-mail address or the password is not right."));
  BOOST_TEST(page.text_of("Password") == "wrong horse");
  BOOST_TEST(page.find("button", "Sign in"));
}

BOOST_AUTO_TEST_CASE(a_new_account_leads_to_its_keys_and_a_taken_address_is_told_at_its_field) {
  open("/register");
  answer("GET", "/api/auth/me", 401, "");
  type("Email", "ada@example.com");
  type("Password", "correct horse");
  click("button", "Create account");
  answer("POST", "/api/auth/register", 409, problem("conflict", "there is an account already", "email"));
  BOOST_TEST(*page.find("input", "Email")->attributes.find("aria-invalid") == "true");
  click("button", "Create account");
  answer("POST", "/api/auth/register", 201, "{}");
  answer("GET", "/api/auth/me", 200, kUser);
  BOOST_TEST(page.addresses.back() == "/settings/keys");
}

BOOST_AUTO_TEST_CASE(signing_out_forgets_what_was_typed) {
  open_keys();
  type("OpenAI key", "sk-secret-1234567890");
  click("button", "Sign out");
  answer("POST", "/api/auth/logout", 204, "");
  BOOST_TEST(page.addresses.back() == "/login");
  type("Email", "ada@example.com");
  type("Password", "correct horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 200, "{}");
  answer("GET", "/api/auth/me", 200, kUser);
  click("a", "API Keys");
  answer("GET", "/api/settings/providers", 200, kProviders);
  answer("GET", "/api/settings/credentials", 200, "[]");
  BOOST_TEST(page.text_of("OpenAI key").empty());
}

BOOST_AUTO_TEST_CASE(an_answer_for_the_former_user_is_not_shown_to_the_next) {
  open_signed_in("/workflows");
  click("button", "Sign out");
  answer("POST", "/api/auth/logout", 204, "");
  BOOST_TEST(!page.is_waiting_for("GET", "/api/workflows"));
}

BOOST_AUTO_TEST_CASE(every_request_names_the_user_whom_the_page_takes_itself_to_be_signed_in_as) {
  open("/settings/keys");
  BOOST_TEST(page.requests.back().user_id.empty());
  answer("GET", "/api/auth/me", 200, kUser);
  BOOST_TEST(page.requests.size() == 3u);
  for (const auto& request : page.requests) BOOST_TEST(request.user_id == "u1");
  answer("GET", "/api/settings/providers", 200, kProviders);
  answer("GET", "/api/settings/credentials", 401, problem("unauthenticated", "someone else is signed in"));
  BOOST_TEST(page.shows("Your session has ended"));
  type("Password", "correct horse");
  click("button", "Sign in");
  BOOST_TEST(page.requests.back().user_id.empty());
}

BOOST_AUTO_TEST_CASE(a_server_error_at_the_start_is_told_as_what_it_is) {
  open("/workflows");
  answer("GET", "/api/auth/me", 500, problem("internal", "the server could not read its accounts"));
  BOOST_TEST(page.shows("The server could not read its accounts."));
  BOOST_TEST(!page.shows("No connection"));
}

BOOST_AUTO_TEST_CASE(an_unreachable_server_can_be_tried_again) {
  open("/workflows");
  answer("GET", "/api/auth/me", 0, "");
  BOOST_TEST(page.shows("Ownkey cannot be reached"));
  click("button", "Try again");
  answer("GET", "/api/auth/me", 200, kUser);
  BOOST_TEST(page.find("h1", "Workflows"));
  BOOST_TEST(page.focused == page.find("h1", "Workflows")->id);
}

BOOST_AUTO_TEST_CASE(home_and_settings_lead_on_and_an_unknown_address_leads_home) {
  open_signed_in("/");
  BOOST_TEST(page.addresses.back() == "/workflows");
  open("/settings");
  BOOST_TEST(page.addresses.back() == "/settings/keys");
  open("/nowhere");
  BOOST_TEST(page.find("h1", "Page not found"));
  click("a", "Go to the start page");
  BOOST_TEST(page.addresses.back() == "/workflows");
}

BOOST_AUTO_TEST_CASE(the_current_page_is_marked_in_the_navigation) {
  open_signed_in("/settings/account");
  BOOST_TEST(*page.find("a", "Account")->attributes.find("aria-current") == "page");
  BOOST_TEST(!page.find("a", "API Keys")->attributes.find("aria-current"));
  BOOST_TEST(page.shows("ada@example.com"));
  BOOST_TEST(page.shows("24 Nov 2026"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(app_keys, Fixture)

BOOST_AUTO_TEST_CASE(a_key_is_verified_unsaved_then_saved_and_its_field_is_emptied) {
  open_keys();
  BOOST_TEST(page.shows("Not set"));
  type("OpenAI key", " sk-secret-1234567890 ");
  click("button", "Verify OpenAI key");
  BOOST_TEST(page.shows("Checking"));
  BOOST_TEST(page.requests.back().body == R"({"api_key":" sk-secret-1234567890 ","provider":"openai"})");
  answer("POST", "/api/settings/credentials/verify", 200,
         R"({"status":"valid","verification":)" + std::string(kVerification) + "}");
  BOOST_TEST(page.shows("Verified"));
  BOOST_TEST(page.shows("27 models available"));
  BOOST_TEST(page.text_of("OpenAI key") == " sk-secret-1234567890 ");
  click("button", "Save OpenAI key");
  std::string saved = kSavedKey;
  saved.insert(1, R"("notice":"the white space round the key was removed",)");
  answer("POST", "/api/settings/credentials", 200, saved);
  BOOST_TEST(page.shows("sk-...X8d2"));
  BOOST_TEST(page.text_of("OpenAI key").empty());
  BOOST_TEST(page.announcements.back().text == "OpenAI key saved. The white space round the key was removed.");
  answer("POST", "/api/settings/credentials/openai/verify", 200,
         R"({"status":"valid","verification":)" + std::string(kVerification) + "}");
  BOOST_TEST(page.find("span", "Verified"));
}

BOOST_AUTO_TEST_CASE(a_key_that_was_not_verified_is_saved_and_no_more) {
  open_keys();
  type("OpenAI key", "sk-secret-1234567890");
  click("button", "Save OpenAI key");
  answer("POST", "/api/settings/credentials", 200, kSavedKey);
  BOOST_TEST(page.find("span", "Saved"));
  BOOST_TEST(!page.is_waiting_for("POST", "/api/settings/credentials/openai/verify"));
}

BOOST_AUTO_TEST_CASE(a_typed_key_is_guarded_against_leaving_until_it_is_saved) {
  open_keys();
  BOOST_TEST(!page.guards_leaving);
  type("OpenAI key", "sk-secret-1234567890");
  BOOST_TEST(page.guards_leaving);
  click("button", "Save OpenAI key");
  answer("POST", "/api/settings/credentials", 200, kSavedKey);
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(a_failure_goes_when_the_key_is_edited_or_the_server_answers_again) {
  for (const bool edited : {true, false}) {
    Fixture f;
    f.open_keys();
    f.type("OpenAI key", "sk-secret-1234567890");
    f.click("button", "Save OpenAI key");
    f.answer("POST", "/api/settings/credentials", 0, "");
    BOOST_TEST(f.page.shows("Ownkey cannot be reached"));
    if (edited) {
      f.type("OpenAI key", "sk-secret-123456789");
    } else {
      f.click("a", "Workflows");
      f.answer("GET", "/api/workflows", 200, "[]");
      f.open("/settings/keys");
    }
    BOOST_TEST(!f.page.shows("Ownkey cannot be reached"));
  }
}

BOOST_AUTO_TEST_CASE(escape_and_typing_take_the_question_back_whether_to_remove) {
  open_keys("[" + std::string(kSavedKey) + "]");
  click("button", "Remove OpenAI key");
  page.press_escape();
  run();
  BOOST_TEST(page.focused == page.find("button", "Remove OpenAI key")->id);
  click("button", "Remove OpenAI key");
  type("OpenAI key", "sk-other");
  BOOST_TEST(page.find("button", "Save OpenAI key"));
  BOOST_TEST(!page.find("button", "Really remove OpenAI key"));
  BOOST_TEST(!page.is_waiting_for("DELETE", "/api/settings/credentials/openai"));
}

BOOST_AUTO_TEST_CASE(a_rejected_stored_key_shows_where_to_get_another) {
  std::string rejected = kSavedKey, verification = kVerification;
  verification.replace(verification.find(R"("key_accepted":true)"), 19, R"("key_accepted":false)");
  rejected.insert(1, R"("verification":)" + verification + ",");
  open_keys("[" + rejected + "]");
  BOOST_TEST(page.shows("Rejected"));
  BOOST_TEST(page.find("a", "Get one at platform.openai.com"));
}

BOOST_AUTO_TEST_CASE(a_rejected_key_is_told_under_its_field_and_stays_there) {
  open_keys();
  type("OpenAI key", "sk-wrong-1234567890");
  click("button", "Verify OpenAI key");
  answer("POST", "/api/settings/credentials/verify", 400,
         problem("key_rejected", "OpenAI did not accept this key", "api_key"));
  BOOST_TEST(page.shows("Rejected"));
  BOOST_TEST(page.shows("OpenAI did not accept this key."));
  BOOST_TEST(page.text_of("OpenAI key") == "sk-wrong-1234567890");
  BOOST_TEST(page.focused == page.find("input", "OpenAI key")->id);
}

BOOST_AUTO_TEST_CASE(a_check_says_nothing_about_a_key_that_was_changed_since) {
  open_keys();
  type("OpenAI key", "sk-secret-1234567890");
  click("button", "Verify OpenAI key");
  answer("POST", "/api/settings/credentials/verify", 200,
         R"({"status":"valid","verification":)" + std::string(kVerification) + "}");
  BOOST_TEST(page.shows("Verified"));
  type("OpenAI key", "sk-secret-123456789X");
  BOOST_TEST(!page.shows("Verified"));
  BOOST_TEST(page.shows("Not set"));
}

BOOST_AUTO_TEST_CASE(what_is_not_the_keys_fault_is_not_told_as_such) {
  open_keys();
  type("OpenAI key", "sk-secret-1234567890");
  click("button", "Save OpenAI key");
  answer("POST", "/api/settings/credentials", 0, "");
  BOOST_TEST(page.shows("Ownkey cannot be reached"));
  BOOST_TEST(!page.find("input", "OpenAI key")->attributes.find("aria-invalid"));
  BOOST_TEST(page.text_of("OpenAI key") == "sk-secret-1234567890");
}

BOOST_AUTO_TEST_CASE(an_empty_or_broken_key_is_told_without_asking_the_server) {
  open_keys();
  for (const auto* key : {"", "two words-1234567", "clé-1234567890"}) {
    type("OpenAI key", key);
    click("button", "Save OpenAI key");
    BOOST_TEST(*page.find("input", "OpenAI key")->attributes.find("aria-invalid") == "true", key);
  }
  BOOST_TEST(page.requests.empty());
}

BOOST_AUTO_TEST_CASE(the_stored_key_is_verified_when_nothing_is_typed) {
  open_keys("[" + std::string(kSavedKey) + "]");
  click("button", "Verify OpenAI key");
  BOOST_TEST(page.is_waiting_for("POST", "/api/settings/credentials/openai/verify"));
}

BOOST_AUTO_TEST_CASE(removing_asks_first_and_gives_the_focus_back) {
  open_keys("[" + std::string(kSavedKey) + "]");
  click("button", "Remove OpenAI key");
  BOOST_TEST(page.focused == page.find("button", "Keep OpenAI key")->id);
  click("button", "Keep OpenAI key");
  BOOST_TEST(page.focused == page.find("button", "Remove OpenAI key")->id);
  BOOST_TEST(!page.is_waiting_for("DELETE", "/api/settings/credentials/openai"));
  click("button", "Remove OpenAI key");
  click("button", "Really remove OpenAI key");
  answer("DELETE", "/api/settings/credentials/openai", 200, R"({"status":"success"})");
  BOOST_TEST(page.shows("Not set"));
  BOOST_TEST(page.focused == page.find("input", "OpenAI key")->id);
}

BOOST_AUTO_TEST_CASE(the_question_whether_to_remove_names_the_workflows_that_use_the_key) {
  const std::string uses = "/api/settings/credentials/openai/uses";
  open_keys("[" + std::string(kSavedKey) + "]");
  click("button", "Remove OpenAI key");
  BOOST_TEST(page.shows("Workflows that use it will stop working."));
  answer("GET", uses, 200,
         R"([{"workflow_id":"w1","name":"Ask a model","node_ids":["a"],"by_default":[]},
             {"workflow_id":"w2","name":"Draw a cat","node_ids":[],"by_default":["b"]}])");
  BOOST_TEST(page.shows("2 workflows use it"));
  BOOST_TEST(page.find("li", "Ask a model"));
  BOOST_TEST(page.find("li", "Draw a cat"));
  click("button", "Keep OpenAI key");
  click("button", "Remove OpenAI key");
  answer("GET", uses, 200, "[]");
  BOOST_TEST(page.shows("No saved workflow uses it."));
}

BOOST_AUTO_TEST_CASE(a_key_is_switched_off_and_on) {
  open_keys("[" + std::string(kSavedKey) + "]");
  click("button", "Switch off OpenAI key");
  BOOST_TEST(page.requests.back().body == R"({"is_active":false})");
  std::string off = kSavedKey;
  off.replace(off.find(R"("is_active":true)"), 16, R"("is_active":false)");
  answer("PATCH", "/api/settings/credentials/openai", 200, off);
  BOOST_TEST(page.find("span", "Off"));
  BOOST_TEST(page.announcements.back().text == "OpenAI key switched off");
  click("button", "Switch on OpenAI key");
  BOOST_TEST(page.requests.back().body == R"({"is_active":true})");
  answer("PATCH", "/api/settings/credentials/openai", 200, kSavedKey);
  BOOST_TEST(page.find("span", "Saved"));
}

BOOST_AUTO_TEST_CASE(a_replaced_key_is_told_of_and_brought_back) {
  open_keys("[" + std::string(kReplacedKey) + "]");
  BOOST_TEST(page.shows("The old key sk-...X8d2 is kept until 13:34, for 8 minutes from now."));
  click("button", "Undo replacing the OpenAI key");
  std::string back = kSavedKey;
  back.replace(back.find("default"), 7, "work");
  answer("POST", "/api/settings/credentials/openai/work/undo", 200, back);
  BOOST_TEST(page.shows("sk-...X8d2"));
  BOOST_TEST(!page.shows("is kept until"));
  BOOST_TEST(page.announcements.back().text == "The earlier OpenAI key is back");
}

BOOST_AUTO_TEST_CASE(an_undo_that_comes_too_late_says_so) {
  open_keys("[" + std::string(kReplacedKey) + "]");
  click("button", "Undo replacing the OpenAI key");
  answer("POST", "/api/settings/credentials/openai/work/undo", 409, problem("conflict", "the 10 minutes are over"));
  BOOST_TEST(page.shows("The 10 minutes are over."));
  answer("GET", "/api/settings/credentials", 200, "[" + std::string(kSavedKey) + "]");
  BOOST_TEST(!page.find("button", "Undo replacing the OpenAI key"));
}

BOOST_AUTO_TEST_CASE(a_key_with_a_label_of_its_own_is_the_one_that_is_worked_on) {
  open_keys("[" + std::string(kReplacedKey) + "]");
  click("button", "Verify OpenAI key");
  answer("POST", "/api/settings/credentials/openai/work/verify", 200,
         R"({"status":"valid","verification":)" + std::string(kVerification) + "}");
  answer("GET", "/api/settings/credentials", 200, "[" + std::string(kReplacedKey) + "]");
  type("OpenAI key", "sk-secret-1234567890");
  click("button", "Save OpenAI key");
  BOOST_TEST((*parse_json(page.requests.back().body))["label"].get<std::string>() == "work");
  answer("POST", "/api/settings/credentials", 200, kReplacedKey);
  answer("GET", "/api/settings/credentials", 200, "[" + std::string(kReplacedKey) + "]");
  click("button", "Remove OpenAI key");
  click("button", "Really remove OpenAI key");
  answer("DELETE", "/api/settings/credentials/openai/work", 200, R"({"status":"success"})");
  BOOST_TEST(page.shows("Not set"));
}

BOOST_AUTO_TEST_CASE(a_list_that_does_not_load_can_be_tried_again) {
  open_signed_in("/settings/keys");
  answer("GET", "/api/settings/providers", 200, kProviders);
  answer("GET", "/api/settings/credentials", 500, problem("internal", "something went wrong"));
  BOOST_TEST(page.shows("Something went wrong."));
  click("button", "Try again");
  answer("GET", "/api/settings/credentials", 200, "[]");
  BOOST_TEST(page.find("input", "OpenAI key"));
}

BOOST_AUTO_TEST_CASE(going_back_and_forward_keeps_what_was_typed) {
  open_keys();
  type("OpenAI key", "sk-secret-1234567890");
  click("a", "Account");
  BOOST_TEST(page.addresses.back() == "/settings/account");
  open("/settings/keys");
  BOOST_TEST(page.text_of("OpenAI key") == "sk-secret-1234567890");
}

BOOST_AUTO_TEST_SUITE_END()
