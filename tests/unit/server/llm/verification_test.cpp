#include "server/llm/verification.h"

#include <boost/test/unit_test.hpp>

#include "server/llm/provider_client.h"
#include "server/llm/provider_error.h"

using namespace ownkey;
using namespace ownkey::llm;

namespace {

VerifyOutcome grade_of(Result<std::vector<Model>> models, std::string_view key = "sk-some-key") {
  return grade(Provider::OpenAi, Secret(key), models, base::from_millis(0), std::chrono::milliseconds(12));
}

VerifyOutcome grade_of(ErrorKind kind) { return grade_of(Error{kind, "the reason"}); }

std::string hint(Provider provider, std::string_view key) { return hint_about(provider, Secret(key)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(verification)

BOOST_AUTO_TEST_CASE(a_list_of_models_is_the_best_grade) {
  const auto outcome = grade_of(std::vector<Model>{{"a", "A"}, {"b", "B"}});
  BOOST_TEST(outcome.verification.reached);
  BOOST_TEST(outcome.verification.key_accepted);
  BOOST_TEST(outcome.verification.models_listed);
  BOOST_TEST(*outcome.verification.model_count == 2);
  BOOST_TEST(outcome.verification.latency_ms == 12);
  BOOST_TEST(outcome.verification.checked_at == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(!outcome.error);
}

BOOST_AUTO_TEST_CASE(a_restricted_key_is_accepted_without_its_models) {
  const auto outcome = grade_of(ErrorKind::PermissionDenied);
  BOOST_TEST(outcome.verification.reached);
  BOOST_TEST(outcome.verification.key_accepted);
  BOOST_TEST(!outcome.verification.models_listed);
  BOOST_TEST(!outcome.error);
}

BOOST_AUTO_TEST_CASE(a_country_that_is_not_served_says_nothing_about_the_key) {
  const auto outcome = grade_of(ErrorKind::CountryNotServed);
  BOOST_TEST(outcome.verification.reached);
  BOOST_TEST(!outcome.verification.key_accepted);
  BOOST_TEST(outcome.error.has_value());
}

BOOST_AUTO_TEST_CASE(a_rejected_key_was_reached_but_not_accepted) {
  const auto outcome = grade_of(ErrorKind::KeyRejected);
  BOOST_TEST(outcome.verification.reached);
  BOOST_TEST(!outcome.verification.key_accepted);
  BOOST_TEST((outcome.error->kind == ErrorKind::KeyRejected));
}

BOOST_AUTO_TEST_CASE(a_key_without_credit_was_accepted_and_is_an_error_all_the_same) {
  for (const auto kind : {ErrorKind::NoCredit, ErrorKind::ProviderRateLimited}) {
    const auto outcome = grade_of(kind);
    BOOST_TEST(outcome.verification.key_accepted);
    BOOST_TEST((outcome.error->kind == kind));
  }
}

BOOST_AUTO_TEST_CASE(a_provider_that_was_not_reached_accepted_nothing) {
  for (const auto kind : {ErrorKind::ProviderUnreachable, ErrorKind::ProviderTimeout}) {
    const auto outcome = grade_of(kind);
    BOOST_TEST(!outcome.verification.reached);
    BOOST_TEST(!outcome.verification.key_accepted);
    BOOST_TEST(outcome.verification.detail == "the reason");
  }
}

BOOST_AUTO_TEST_CASE(what_was_pasted_instead_of_a_key_gets_a_hint) {
  for (const auto* paste : {"https://platform.openai.com/api-keys", R"({"api_key":"sk-x"})", "OPENAI_API_KEY=sk-abc",
                            "\"sk-abc\"", "sk-...X8d2", "sk-ant-api03-abc", "AIzaSyAbc", "AQ.Abc", "gsk_abc"})
    BOOST_TEST(!hint(Provider::OpenAi, paste).empty(), paste);
  BOOST_TEST(contains(hint(Provider::OpenAi, "sk-ant-api03-abc"), "Anthropic"));
  BOOST_TEST(contains(hint(Provider::Google, "sk-proj-abc"), "OpenAI"));
  BOOST_TEST(contains(hint(Provider::Anthropic, "AQ.abc"), "Google"));
}

BOOST_AUTO_TEST_CASE(a_key_of_an_unknown_or_fitting_shape_gets_none) {
  BOOST_TEST(hint(Provider::OpenAi, "sk-proj-abc").empty());
  BOOST_TEST(hint(Provider::OpenAi, "a-new-shape").empty());
  BOOST_TEST(hint(Provider::Anthropic, "sk-ant-abc").empty());
  BOOST_TEST(hint(Provider::Google, "AQ.abc").empty());
  BOOST_TEST(hint(Provider::OpenAiCompatible, "sk-or-abc").empty());
}

BOOST_AUTO_TEST_CASE(the_hint_is_in_the_detail_of_a_rejected_key_only) {
  const auto rejected = grade_of(Error{ErrorKind::KeyRejected, "no"}, "https://example.com");
  BOOST_TEST(contains(rejected.verification.detail, "web address"));
  const auto accepted = grade_of(std::vector<Model>{}, "https://example.com");
  BOOST_TEST(!contains(accepted.verification.detail, "web address"));
}

BOOST_AUTO_TEST_SUITE_END()
