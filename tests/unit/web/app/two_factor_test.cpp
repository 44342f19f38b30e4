#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::problem;

namespace {

constexpr const char* kSetup =
    R"({"secret":"JBSWY3DPEHPK3PXP","otpauth_uri":"otpauth://totp/x","qr":["101","010","111"]})";
constexpr const char* kCodes = R"({"recovery_codes":["abcde-fghij","klmno-pqrst"]})";

struct Fixture : support::PageFixture {
  void open_account(bool enabled) {
    open_signed_in("/settings/account");
    answer("GET", "/api/settings/two-factor", 200,
           enabled ? R"({"enabled":true,"recovery_codes_left":8})" : R"({"enabled":false,"recovery_codes_left":0})");
    answer("GET", "/api/settings/sessions", 200, "[]");
  }
  void set_up() {
    open_account(false);
    click("button", "Set up two-factor sign-in");
    type("Your password", "correct horse");
    click("button", "Continue");
    answer("POST", "/api/settings/two-factor/setup", 200, kSetup);
  }
  bool drew(std::string_view text) const {
    return std::any_of(page.drawn.begin(), page.drawn.end(),
                       [&](const auto& drawn) { return drawn.find(text) != std::string::npos; });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_two_factor, Fixture)

BOOST_AUTO_TEST_CASE(it_is_switched_on_with_a_code_of_the_app_and_gives_recovery_codes_once) {
  set_up();
  BOOST_TEST(page.find("div", "QR code for your authenticator app"));
  BOOST_TEST(page.text_of("Secret to type instead") == "JBSWY3DPEHPK3PXP");
  BOOST_TEST(page.focused == page.find("input", "Code of your app")->id);
  type("Code of your app", " 123456 ");
  click("button", "Switch on");
  BOOST_TEST(page.requests.back().body == R"({"totp_code":"123456"})");
  answer("POST", "/api/settings/two-factor/enable", 200, kCodes);
  BOOST_TEST(page.text_of("Recovery codes") == "abcde-fghij\nklmno-pqrst");
  BOOST_TEST(page.find("span", "On"));
  click("button", "Copy codes");
  BOOST_TEST(page.copied == "abcde-fghij\nklmno-pqrst");
  BOOST_TEST(page.announcements.back().text == "Recovery codes copied");
  click("button", "I have kept them");
  BOOST_TEST(!page.find("textarea", "Recovery codes"));
  BOOST_TEST(!drew("JBSWY3DP"));
  BOOST_TEST(!drew("abcde-"));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_or_code_is_told_at_its_field) {
  open_account(false);
  click("button", "Set up two-factor sign-in");
  click("button", "Continue");
  BOOST_TEST(page.shows("Enter your current password."));
  type("Your password", "wrong horse");
  click("button", "Continue");
  answer("POST", "/api/settings/two-factor/setup", 403, problem("forbidden", "this is not it", "current_password"));
  BOOST_TEST(*page.find("input", "Your password")->attributes.find("aria-invalid") == "true");
  type("Your password", "correct horse");
  click("button", "Continue");
  answer("POST", "/api/settings/two-factor/setup", 200, kSetup);
  type("Code of your app", "000000");
  click("button", "Switch on");
  answer("POST", "/api/settings/two-factor/enable", 403, problem("forbidden", "this code is wrong", "totp_code"));
  BOOST_TEST(*page.find("input", "Code of your app")->attributes.find("aria-invalid") == "true");
  BOOST_TEST(page.find("div", "QR code for your authenticator app"));
}

BOOST_AUTO_TEST_CASE(the_secret_is_gone_once_the_page_is_left) {
  set_up();
  open("/settings/keys");
  open("/settings/account");
  BOOST_TEST(!page.find("textarea", "Secret to type instead"));
  BOOST_TEST(!page.find("div", "QR code for your authenticator app"));
}

BOOST_AUTO_TEST_CASE(it_is_switched_off_with_password_and_code) {
  open_account(true);
  BOOST_TEST(page.shows("8 recovery codes left"));
  click("button", "Switch off two-factor sign-in");
  type("Your password", "correct horse");
  type("Code of your app", "123456");
  click("button", "Switch off");
  BOOST_TEST(page.requests.back().body == R"({"current_password":"correct horse","totp_code":"123456"})");
  answer("DELETE", "/api/settings/two-factor", 204, "");
  BOOST_TEST(page.find("button", "Set up two-factor sign-in"));
}

BOOST_AUTO_TEST_CASE(recovery_codes_are_made_anew) {
  open_account(true);
  click("button", "New recovery codes");
  page.press_escape();
  run();
  BOOST_TEST(page.find("button", "New recovery codes"));
  click("button", "New recovery codes");
  type("Your password", "correct horse");
  type("Code of your app", "123456");
  click("button", "Make new recovery codes");
  answer("POST", "/api/settings/two-factor/recovery-codes", 200, kCodes);
  BOOST_TEST(page.find("textarea", "Recovery codes"));
}

BOOST_AUTO_TEST_CASE(signing_in_asks_for_the_code_in_place_and_keeps_the_password) {
  open("/login");
  answer("GET", "/api/auth/me", 401, "");
  type("Email", "ada@example.com");
  type("Password", "correct horse");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("two_factor_required", "enter your code"));
  BOOST_TEST(page.text_of("Password") == "correct horse");
  BOOST_TEST(page.focused == page.find("input", "Code")->id);
  BOOST_TEST(*page.find("input", "Code")->attributes.find("autocomplete") == "one-time-code");
  type("Code", "000000");
  click("button", "Sign in");
  answer("POST", "/api/auth/login", 401, problem("two_factor_rejected", "this code is wrong"));
  BOOST_TEST(*page.find("input", "Code")->attributes.find("aria-invalid") == "true");
  sign_in_with_code();
  BOOST_TEST(page.addresses.back() == "/workflows");
}

BOOST_AUTO_TEST_SUITE_END()
