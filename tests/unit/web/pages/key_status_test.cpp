#include "web/pages/key_status.h"

#include <boost/test/unit_test.hpp>

#include "web/pages/run_view.h"

using namespace ownkey;
using namespace ownkey::pages;
using Task = state::KeyWork::Task;

namespace {

api::Credential stored(std::optional<api::Verification> verification = {}) {
  api::Credential credential;
  credential.verification = std::move(verification);
  return credential;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_status_words)

BOOST_AUTO_TEST_CASE(without_a_key_it_is_not_set) {
  BOOST_TEST(key_status(nullptr, Task::None, nullptr).word == "Not set");
}

BOOST_AUTO_TEST_CASE(a_stored_key_is_saved_verified_or_rejected_by_its_last_check) {
  const auto fresh = stored(),
             good = stored(api::Verification{
                 .reached = true, .key_accepted = true, .model_count = {}, .checked_at = {}, .detail = {}}),
             bad = stored(api::Verification{.reached = true, .model_count = {}, .checked_at = {}, .detail = {}}),
             unreached = stored(api::Verification{});
  BOOST_TEST(key_status(&fresh, Task::None, nullptr).word == "Saved");
  BOOST_TEST(key_status(&good, Task::None, nullptr).word == "Verified");
  BOOST_TEST(key_status(&bad, Task::None, nullptr).word == "Rejected");
  BOOST_TEST(key_status(&unreached, Task::None, nullptr).word == "Saved");
}

BOOST_AUTO_TEST_CASE(an_unreadable_key_needs_reentry) {
  auto lost = stored();
  lost.health = api::Health::NeedsReentry;
  BOOST_TEST(key_status(&lost, Task::None, nullptr).word == "Needs re-entry");
}

BOOST_AUTO_TEST_CASE(what_happens_now_wins_over_what_is_stored) {
  const auto fresh = stored();
  const state::KeyCheck rejected{.rejected = true, .verification = {}};
  BOOST_TEST(key_status(&fresh, Task::None, &rejected).word == "Rejected");
  BOOST_TEST(key_status(&fresh, Task::Verifying, &rejected).word == "Checking");
}

BOOST_AUTO_TEST_CASE(a_check_is_told_up_to_the_step_that_failed) {
  api::Verification check;
  BOOST_TEST(check_lines(check).size() == 1u);
  check.reached = true;
  check.latency_ms = 312;
  BOOST_REQUIRE(check_lines(check).size() == 2u);
  BOOST_TEST(check_lines(check)[0].text == "Provider reached in 312 ms");
  BOOST_TEST(!check_lines(check)[1].good);
  check.key_accepted = check.models_listed = true;
  check.model_count = 27;
  BOOST_TEST(check_lines(check).back().text == "27 models available");
}

BOOST_AUTO_TEST_CASE(a_receipt_names_whose_key_it_was) {
  BOOST_TEST(receipt_text({api::KeySource::Own, Provider::OpenAi, {}, "sk-...X8d2"}) ==
             "ran on your OpenAI key sk-...X8d2");
  BOOST_TEST(receipt_text({api::KeySource::System, Provider::Google, {}, "AIz...1234"}) ==
             "ran on the server's Google Gemini key");
}

BOOST_AUTO_TEST_SUITE_END()
