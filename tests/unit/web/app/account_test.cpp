#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::kUser;
using support::problem;

namespace {

constexpr const char* kSessions =
    R"([{"id":"s1","created_at":"2026-11-24T10:00:00Z","last_used_at":"2026-11-24T12:34:00Z","address":"192.0.2.1",
         "agent":"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0","current":true},
        {"id":"s2","created_at":"2026-11-23T10:00:00Z","last_used_at":"2026-11-23T11:00:00Z","address":"192.0.2.9",
         "agent":"curl/8.5.0","current":false}])";

struct Fixture : support::PageFixture {
  Fixture() {
    open_signed_in("/settings/account");
    answer("GET", "/api/settings/two-factor", 200, R"({"enabled":false,"recovery_codes_left":0})");
    answer("GET", "/api/settings/sessions", 200, kSessions);
  }
  void ask_to_delete() {
    click("button", "Delete account");
    type("Your current password", "correct horse");
    type("Your e-mail address", "Ada@example.com");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_account, Fixture)

BOOST_AUTO_TEST_CASE(the_name_is_changed_without_the_password) {
  BOOST_TEST(page.text_of("Name") == "Ada");
  type("Name", "Ada L.");
  BOOST_TEST(page.guards_leaving);
  click("button", "Save profile");
  BOOST_TEST(page.requests.back().body == R"({"full_name":"Ada L."})");
  std::string changed = kUser;
  changed.replace(changed.find(R"("Ada")"), 5, R"("Ada L.")");
  answer("PATCH", "/api/settings/profile", 200, changed);
  BOOST_TEST(page.announcements.back().text == "Profile saved");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(another_address_needs_the_password_and_what_is_wrong_is_told_at_its_field) {
  type("Email", "ADA@example.com");
  click("button", "Save profile");
  BOOST_TEST(page.requests.back().body == R"({"full_name":"Ada"})");
  answer("PATCH", "/api/settings/profile", 200, kUser);
  type("Email", "new@example.com");
  BOOST_TEST(page.shows("Needed to change your e-mail address."));
  click("button", "Save profile");
  BOOST_TEST(page.shows("Enter your current password."));
  BOOST_TEST(!page.is_waiting_for("PATCH", "/api/settings/profile"));
  type("Current password", "wrong horse");
  click("button", "Save profile");
  BOOST_TEST(page.requests.back().body ==
             R"({"current_password":"wrong horse","email":"new@example.com","full_name":"Ada"})");
  answer("PATCH", "/api/settings/profile", 403, problem("forbidden", "this is not it", "current_password"));
  BOOST_TEST(*page.find("input", "Current password")->attributes.find("aria-invalid") == "true");
  BOOST_TEST(page.focused == page.find("input", "Current password")->id);
  click("button", "Save profile");
  answer("PATCH", "/api/settings/profile", 409, problem("conflict", "there is an account already", "email"));
  BOOST_TEST(*page.find("input", "Email")->attributes.find("aria-invalid") == "true");
  BOOST_TEST(page.text_of("Email") == "new@example.com");
}

BOOST_AUTO_TEST_CASE(a_changed_password_is_wiped_and_the_end_of_other_sessions_told) {
  BOOST_TEST(*page.find("input", "Current password")->attributes.find("autocomplete") == "current-password");
  BOOST_TEST(*page.find("input", "New password")->attributes.find("autocomplete") == "new-password");
  BOOST_TEST(std::any_of(page.mirror.begin(), page.mirror.end(), [](const auto& node) {
    return node.attributes.find("value") == "ada@example.com" && node.attributes.find("autocomplete") == "username";
  }));
  type("Current password", "correct horse");
  type("New password", "short");
  click("button", "Save password");
  BOOST_TEST(page.focused == page.find("input", "New password")->id);
  type("New password", "battery staple");
  click("button", "Show new password");
  click("button", "Save password");
  BOOST_TEST(page.requests.back().body == R"({"current_password":"correct horse","new_password":"battery staple"})");
  answer("POST", "/api/settings/password", 204, "");
  BOOST_TEST(page.text_of("Current password").empty());
  BOOST_TEST(page.text_of("New password").empty());
  BOOST_TEST(page.find("button", "Show new password"));
  BOOST_TEST(page.announcements.back().text == "Password changed. Your other sessions were signed out.");
  BOOST_TEST(page.is_waiting_for("GET", "/api/settings/sessions"));
}

BOOST_AUTO_TEST_CASE(sessions_are_listed_and_can_be_signed_out_but_this_one) {
  BOOST_TEST(page.shows("Firefox on Linux · This device"));
  BOOST_TEST(page.shows("192.0.2.9 · last used 23 Nov 2026, 12:00"));
  BOOST_TEST(!page.find("button", "Sign out Firefox on Linux at 192.0.2.1"));
  click("button", "Sign out curl at 192.0.2.9");
  answer("DELETE", "/api/settings/sessions/s2", 404, problem("not_found", "there is no such session"));
  BOOST_TEST(!page.shows("curl"));
  BOOST_TEST(!page.find("button", "Sign out all others"));
  BOOST_TEST(page.focused == page.find("h2", "Sessions")->id);
}

BOOST_AUTO_TEST_CASE(all_other_sessions_are_signed_out_at_once) {
  click("button", "Sign out all others");
  answer("DELETE", "/api/settings/sessions", 500, problem("internal", "the server could not do it"));
  BOOST_TEST(page.shows("The server could not do it."));
  click("button", "Sign out all others");
  answer("DELETE", "/api/settings/sessions", 204, "");
  BOOST_TEST(!page.shows("curl"));
  BOOST_TEST(page.shows("This device"));
}

BOOST_AUTO_TEST_CASE(the_export_is_a_download) {
  const auto* link = page.find("a", "Export my data");
  BOOST_REQUIRE(link);
  BOOST_TEST(*link->attributes.find("href") == "/api/settings/export");
  BOOST_TEST(link->attributes.find("download").has_value());
}

BOOST_AUTO_TEST_CASE(an_account_is_deleted_only_with_password_and_address) {
  click("button", "Delete account");
  BOOST_TEST(page.focused == page.find("input", "Your current password")->id);
  type("Your e-mail address", "eve@example.com");
  click("button", "Delete my account for good");
  BOOST_TEST(page.shows("Enter your current password."));
  BOOST_TEST(*page.find("input", "Your e-mail address")->attributes.find("aria-invalid") == "true");
  BOOST_TEST(!page.is_waiting_for("DELETE", "/api/settings/account"));
  type("Your current password", "wrong horse");
  type("Your e-mail address", "ada@example.com");
  click("button", "Delete my account for good");
  answer("DELETE", "/api/settings/account", 403, problem("forbidden", "this is not it", "current_password"));
  BOOST_TEST(page.shows("This is not it."));
  BOOST_TEST(page.find("h1", "Account"));
}

BOOST_AUTO_TEST_CASE(a_deleted_account_leads_to_the_sign_in_page_which_says_so) {
  ask_to_delete();
  click("button", "Delete my account for good");
  BOOST_TEST(page.requests.back().body == R"({"current_password":"correct horse"})");
  answer("DELETE", "/api/settings/account", 204, "");
  BOOST_TEST(page.addresses.back() == "/login");
  BOOST_TEST(page.find("h1", "Sign in"));
  BOOST_TEST(page.announcements.back().text == "Your account and all that was kept in it are deleted");
}

BOOST_AUTO_TEST_CASE(escape_keeps_the_account_and_wipes_what_was_typed) {
  ask_to_delete();
  page.press_escape();
  run();
  BOOST_TEST(page.focused == page.find("button", "Delete account")->id);
  click("button", "Delete account");
  BOOST_TEST(page.text_of("Your current password").empty());
}

BOOST_AUTO_TEST_SUITE_END()
