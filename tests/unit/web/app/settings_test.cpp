#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::problem;

namespace {

std::string entry(int sequence, const std::string& action, const std::string& result = "success",
                  const std::string& more = "") {
  return R"({"sequence":)" + std::to_string(sequence) + R"(,"at":"2026-11-24T12:34:00Z","action":")" + action +
         R"(","who":"user","address":"192.0.2.1","agent":"curl/8.5.0",)" + more + R"("result":")" + result +
         R"(","hash":"h"})";
}

std::string report(const std::string& group, const std::string& entries) {
  return R"({"from":"2026-10-26","to":"2026-11-24","group_by":")" + group +
         R"(","total":{"calls":3,"input_tokens":1200,"output_tokens":34},"entries":[)" + entries + "]}";
}

constexpr const char* kBudgets =
    R"([{"credential_id":"c1","provider":"openai","label":"work","monthly_tokens":5000,"used_tokens":1234,"resets_at":"2026-12-01T00:00:00Z"}])";

struct Fixture : support::PageFixture {
  void open_preferences() {
    open_signed_in("/settings/preferences");
    answer("GET", "/api/models", 200,
           R"([{"id":"gpt-5.4-mini","provider":"openai","display_name":"","credentials":["default"]}])");
  }
  void open_usage(const std::string& days) {
    open_signed_in("/settings/usage");
    answer("GET", "/api/usage?group_by=day", 200, report("day", days));
    answer(
        "GET", "/api/usage?group_by=model", 200,
        report("model", R"({"key":"gpt-5.4","provider":"openai","calls":3,"input_tokens":1200,"output_tokens":34})"));
    answer("GET", "/api/usage?group_by=credential", 200, report("credential", ""));
    answer("GET", "/api/settings/budgets", 200, kBudgets);
  }
};

constexpr const char* kDay = R"({"key":"2026-11-24","calls":3,"input_tokens":1200,"output_tokens":34})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_settings, Fixture)

BOOST_AUTO_TEST_CASE(the_look_of_the_account_is_there_from_signing_in_on) {
  preferences = R"({"theme":"dark","text_scale":1.5,"reduce_motion":true})";
  open_signed_in("/settings/keys");
  BOOST_TEST(page.look.dark.value_or(false));
  BOOST_TEST(page.look.text_scale.value_or(0) == 1.5f);
  BOOST_TEST(page.look.reduce_motion);
}

BOOST_AUTO_TEST_CASE(a_chosen_look_is_seen_at_once_and_kept_by_saving) {
  open_preferences();
  BOOST_TEST(!page.look.dark.has_value());
  BOOST_TEST(*page.find("button", "100 %")->attributes.find("aria-pressed") == "true");
  click("button", "Dark");
  click("button", "150 %");
  BOOST_TEST(page.look.dark.value_or(false));
  BOOST_TEST(page.look.text_scale.value_or(0) == 1.5f);
  BOOST_TEST(page.guards_leaving);
  type("Default provider", "openai");
  type("Default model", " gpt-5.4-mini ");
  type("Longest time of a run, in seconds", "600");
  click("button", "Save preferences");
  BOOST_TEST(
      page.requests.back().body ==
      R"({"default_model":"gpt-5.4-mini","default_provider":"openai","reduce_motion":false,"run_timeout_s":600,"text_scale":1.5,"theme":"dark"})");
  answer("PUT", "/api/settings/preferences", 200, page.requests.empty() ? "{}" : page.requests.back().body);
  BOOST_TEST(page.announcements.back().text == "Preferences saved");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(what_is_changed_and_changed_back_is_no_change) {
  open_preferences();
  for (const auto& [there, back] : {std::pair("Dark", "As my system"), std::pair("150 %", "100 %")}) {
    click("button", there);
    BOOST_TEST(page.guards_leaving, there);
    click("button", back);
    BOOST_TEST(!page.guards_leaving, back);
  }
  type("Longest time of a run, in seconds", "600");
  BOOST_TEST(page.guards_leaving);
  type("Longest time of a run, in seconds", " ");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(a_monthly_limit_that_is_not_saved_is_guarded) {
  open_usage(kDay);
  const std::string field = "Monthly limit of OpenAI key work, in tokens";
  for (const auto* typed : {"6000", "none", ""}) {
    type(field, typed);
    BOOST_TEST(page.guards_leaving, typed);
    type(field, "5000");
    BOOST_TEST(!page.guards_leaving);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_kept_is_told_at_its_field) {
  open_preferences();
  type("Longest time of a run, in seconds", "soon");
  click("button", "Save preferences");
  BOOST_TEST(*page.find("input", "Longest time of a run, in seconds")->attributes.find("aria-invalid") == "true");
  BOOST_TEST(!page.is_waiting_for("PUT", "/api/settings/preferences"));
}

BOOST_AUTO_TEST_CASE(activity_is_told_in_sentences_and_more_of_it_on_demand) {
  open_signed_in("/settings/activity");
  std::string entries;
  for (int i = 100; i > 52; --i) entries += entry(i, "session.ended") + ",";
  entries += entry(52, "credential.saved", "success", R"("subject":"openai/work",)") + ",";
  entries += entry(51, "session.started", "unauthenticated");
  answer("GET", "/api/settings/audit", 200, "[" + entries + "]");
  BOOST_TEST(page.shows("OpenAI key work saved"));
  BOOST_TEST(page.shows("Signed in refused: unauthenticated"));
  BOOST_TEST(page.shows("24 Nov 2026, 13:34 · curl · 192.0.2.1"));
  click("button", "Show more");
  answer("GET", "/api/settings/audit?before=51", 200, "[" + entry(1, "account.created") + "]");
  BOOST_TEST(page.shows("Account created"));
  BOOST_TEST(!page.find("button", "Show more"));
}

BOOST_AUTO_TEST_CASE(usage_is_a_picture_with_a_table) {
  open_usage(kDay);
  BOOST_TEST(page.shows("1,234 in 3 calls"));
  BOOST_TEST(page.find(
      "div", "Tokens of each day from 26 Oct 2026 to 24 Nov 2026. The most was on 24 Nov 2026: 1,234 tokens."));
  BOOST_TEST(page.find("div", "Tokens by day"));
  BOOST_TEST(page.find("span", "1,200"));
  click("button", "Model");
  BOOST_TEST(page.find("div", "Tokens by model"));
  BOOST_TEST(page.find("span", "gpt-5.4"));
}

BOOST_AUTO_TEST_CASE(without_usage_it_is_said_how_to_come_by_it) {
  open_usage("");
  BOOST_TEST(page.shows("Nothing was used yet."));
}

BOOST_AUTO_TEST_CASE(a_monthly_limit_is_shown_changed_and_taken_away) {
  open_usage(kDay);
  const std::string field = "Monthly limit of OpenAI key work, in tokens";
  BOOST_TEST(page.text_of(field) == "5,000");
  BOOST_TEST(page.shows("1,234 of 5,000 tokens used this month; begins anew on 1 Dec 2026."));
  type(field, "none");
  click("button", "Save limit of OpenAI key work");
  BOOST_TEST(*page.find("input", field)->attributes.find("aria-invalid") == "true");
  type(field, "2,000,000");
  click("button", "Save limit of OpenAI key work");
  BOOST_TEST(page.requests.back().body == R"({"label":"work","monthly_tokens":2000000,"provider":"openai"})");
  std::string budget = std::string(kBudgets).substr(1);
  budget.pop_back();
  answer("PUT", "/api/settings/budgets", 200, budget);
  BOOST_TEST(page.text_of(field) == "5,000");
  type(field, "");
  click("button", "Save limit of OpenAI key work");
  BOOST_TEST(page.requests.back().body == R"({"label":"work","provider":"openai"})");
}

BOOST_AUTO_TEST_SUITE_END()
