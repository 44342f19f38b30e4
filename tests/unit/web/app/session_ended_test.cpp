#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::kUser;
using support::problem;

namespace {

constexpr const char* kKeys = "/api/settings/credentials";
constexpr const char* kProviders =
    R"([{"provider":"openai","name":"OpenAI","key_hint":"","docs_url":"","needs_base_url":false,"available":true}])";
constexpr const char* kSavedKey =
    R"({"id":"c1","provider":"openai","label":"default","masked_key":"sk-...X8d2","is_active":true,
        "created_at":"2026-11-24T10:00:00Z","updated_at":"2026-11-24T10:00:00Z","health":"readable"})";

// A key is typed and to be saved when the session turns out to be over.
struct Fixture : support::PageFixture {
  Fixture() {
    open_signed_in("/settings/keys");
    answer("GET", "/api/settings/providers", 200, kProviders);
    answer("GET", kKeys, 200, "[]");
    type("OpenAI key", "sk-secret-1234567890");
    page.focus(page.find("button", "Save OpenAI key")->id);
    click("button", "Save OpenAI key");
    answer("POST", kKeys, 401, problem("unauthenticated", "this session is over"));
  }
  void sign_in(const std::string& user = kUser) {
    type("Password", "correct horse");
    click("button", "Sign in");
    answer("POST", "/api/auth/login", 200, "{}");
    answer("GET", "/api/auth/me", 200, user);
  }
  const platform::MirrorNode* dialog() const {
    for (const auto& node : page.mirror)
      if (node.attributes.find("role") == "dialog") return &node;
    return nullptr;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_session_ended, Fixture)

BOOST_AUTO_TEST_CASE(the_page_stays_and_the_password_is_asked_for_over_it) {
  BOOST_TEST(page.addresses.empty());
  BOOST_TEST(page.find("h1", "API keys"));
  BOOST_TEST(dialog());
  BOOST_TEST(page.find("h2", "Your session has ended"));
  BOOST_TEST(page.text_of("Email") == "ada@example.com");
  BOOST_TEST(page.find("input", "Email")->attributes.find("readonly").has_value());
  BOOST_TEST(*page.find("input", "Email")->attributes.find("autocomplete") == "username");
  BOOST_TEST(*page.find("input", "Password")->attributes.find("autocomplete") == "current-password");
  BOOST_TEST(page.focused == page.find("input", "Password")->id);
  BOOST_TEST(!page.shows("This session is over."));
}

BOOST_AUTO_TEST_CASE(what_was_refused_is_done_after_signing_in_and_the_focus_goes_back) {
  sign_in();
  BOOST_TEST(!dialog());
  BOOST_TEST(page.focused == page.find("button", "Saving OpenAI key")->id);
  BOOST_TEST(page.text_of("OpenAI key") == "sk-secret-1234567890");
  answer("POST", kKeys, 200, kSavedKey);
  BOOST_TEST(page.shows("sk-...X8d2"));
  BOOST_TEST(page.text_of("OpenAI key").empty());
}

BOOST_AUTO_TEST_CASE(nothing_behind_the_dialog_can_be_reached) {
  click("button", "Sign out");
  click("a", "Workflows");
  page.press("?");
  run();
  BOOST_TEST(!page.is_waiting_for("POST", "/api/auth/logout"));
  BOOST_TEST(page.addresses.empty());
  const auto is_inert = [](const auto& node) { return node.attributes.find("inert").has_value(); };
  BOOST_TEST(std::count_if(page.mirror.begin(), page.mirror.end(), is_inert) == 1);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_told_in_the_dialog) {
  type("Password", "wrong horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("unauthenticated", "the e-mail address or the password is wrong"));
  BOOST_TEST(dialog());
  BOOST_TEST(page.shows("The e-mail address or the password is wrong."));
  sign_in();
  BOOST_TEST(page.is_waiting_for("POST", kKeys));
}

BOOST_AUTO_TEST_CASE(a_second_factor_is_asked_for_in_the_dialog) {
  type("Password", "correct horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("two_factor_required", "enter your code"));
  BOOST_TEST(dialog());
  BOOST_TEST(page.focused == page.find("input", "Code")->id);
  sign_in_with_code();
  BOOST_TEST(!dialog());
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_after_the_password_is_told_in_the_dialog) {
  type("Password", "correct horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 200, "{}");
  answer("GET", "/api/auth/me", 500, problem("internal", "the server could not read its accounts"));
  BOOST_TEST(dialog());
  BOOST_TEST(page.shows("The server could not read its accounts."));
  BOOST_TEST(page.text_of("OpenAI key") == "sk-secret-1234567890");
}

BOOST_AUTO_TEST_CASE(somebody_else_gets_the_sign_in_page_and_nothing_of_the_first) {
  click("a", "Sign in as somebody else");
  BOOST_TEST(page.addresses.back() == "/login");
  BOOST_TEST(page.text_of("Email").empty());
  type("Email", "bob@example.com");
  std::string bob = kUser;
  bob.replace(bob.find("u1"), 2, "u2");
  sign_in(bob);
  click("a", "API Keys");
  answer("GET", "/api/settings/providers", 200, kProviders);
  answer("GET", kKeys, 200, "[]");
  BOOST_TEST(page.text_of("OpenAI key").empty());
  BOOST_TEST(!page.is_waiting_for("POST", kKeys));
}

// The browser's way back may lead to the sign-in page, where anybody can sign in.
BOOST_AUTO_TEST_CASE(another_person_who_signs_in_finds_nothing_of_the_first) {
  open("/login?next=/settings/keys");
  type("Email", "bob@example.com");
  std::string bob = kUser;
  bob.replace(bob.find("u1"), 2, "u2");
  sign_in(bob);
  BOOST_TEST(page.addresses.back() == "/settings/keys");
  answer("GET", "/api/settings/providers", 200, kProviders);
  answer("GET", kKeys, 200, "[]");
  BOOST_TEST(page.text_of("OpenAI key").empty());
  BOOST_TEST(!page.is_waiting_for("POST", kKeys));
}

BOOST_AUTO_TEST_CASE(signing_out_of_a_session_that_is_over_already_is_signing_out) {
  sign_in();
  answer("POST", kKeys, 200, kSavedKey);
  click("button", "Sign out");
  answer("POST", "/api/auth/logout", 401, "");
  BOOST_TEST(page.addresses.back() == "/login");
  BOOST_TEST(!dialog());
}

BOOST_AUTO_TEST_SUITE_END()
