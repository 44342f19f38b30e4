#include "server/llm/endpoint.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::llm;

namespace {

Endpoints endpoints(const Endpoints::Options& options = {}) {
  auto made = Endpoints::create(options);
  BOOST_REQUIRE(made);
  return std::move(*made);
}

std::string path_of(Provider provider, const Endpoints::Options& options) {
  return endpoints(options).find(provider, std::nullopt)->url.path;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(endpoint)

BOOST_AUTO_TEST_CASE(providers_are_where_they_are) {
  const auto all = endpoints();
  const auto openai = all.find(Provider::OpenAi, std::nullopt);
  BOOST_TEST(openai->url.host == "api.openai.com");
  BOOST_TEST(openai->url.path == "/v1");
  BOOST_TEST(all.find(Provider::Anthropic, std::nullopt)->url.host == "api.anthropic.com");
  BOOST_TEST(all.find(Provider::Anthropic, std::nullopt)->url.path == "/v1");
  BOOST_TEST(all.find(Provider::Google, std::nullopt)->url.host == "generativelanguage.googleapis.com");
  BOOST_TEST(all.find(Provider::Google, std::nullopt)->url.path == "/v1beta");
  BOOST_TEST((openai->trust == Trust::Public));
}

BOOST_AUTO_TEST_CASE(base_urls_may_leave_the_version_out) {
  BOOST_TEST(path_of(Provider::OpenAi, {.openai_base_url = "http://127.0.0.1:1"}) == "/v1");
  BOOST_TEST(path_of(Provider::OpenAi, {.openai_base_url = "http://127.0.0.1:1/v1/"}) == "/v1");
  BOOST_TEST(path_of(Provider::OpenAi, {.openai_base_url = "https://gateway/v1beta/openai"}) == "/v1beta/openai");
  BOOST_TEST(path_of(Provider::Anthropic, {.anthropic_base_url = "http://127.0.0.1:1"}) == "/v1");
  BOOST_TEST(path_of(Provider::Anthropic, {.anthropic_base_url = "https://gateway/anthropic"}) == "/anthropic/v1");
  BOOST_TEST(path_of(Provider::Google, {.google_base_url = "http://127.0.0.1:1/v1beta"}) == "/v1beta");
  BOOST_TEST(path_of(Provider::Google, {.google_base_url = "http://127.0.0.1:1"}) == "/v1beta");
}

BOOST_AUTO_TEST_CASE(the_operators_base_url_is_trusted_more_than_the_built_in_one) {
  const auto all = endpoints({.openai_base_url = "http://127.0.0.1:1/v1"});
  BOOST_TEST((all.find(Provider::OpenAi, std::nullopt)->trust == Trust::Operator));
  BOOST_TEST((all.find(Provider::Anthropic, std::nullopt)->trust == Trust::Public));
}

// Regression: the settings give a provider's own URL, too, and with it any address was fine.
BOOST_AUTO_TEST_CASE(to_name_a_providers_own_host_vouches_for_nothing) {
  const auto all = endpoints({.openai_base_url = "https://api.openai.com/v1"});
  BOOST_TEST((all.find(Provider::OpenAi, std::nullopt)->trust == Trust::Public));
}

BOOST_AUTO_TEST_CASE(listing_the_operators_own_host_in_full_lifts_the_rules_for_it) {
  const auto all = endpoints({.openai_base_url = "http://sim.internal:1", .custom_hosts = {"sim.internal"}});
  BOOST_TEST((all.find(Provider::OpenAi, std::nullopt)->trust == Trust::Listed));
}

BOOST_AUTO_TEST_CASE(a_bad_setting_ends_the_start) {
  BOOST_TEST(!Endpoints::create({.openai_base_url = "localhost:8090"}));
  BOOST_TEST(!Endpoints::create({.custom_hosts = {"http://example.com"}}));
}

BOOST_AUTO_TEST_CASE(a_service_of_ones_own_is_offered_only_where_a_host_for_it_is_allowed) {
  BOOST_TEST(endpoints({}).serves(Provider::OpenAi));
  BOOST_TEST(!endpoints({}).serves(Provider::OpenAiCompatible));
  BOOST_TEST(endpoints({.custom_hosts = {"*.example.com"}}).serves(Provider::OpenAiCompatible));
  BOOST_TEST(
      !endpoints({.custom_hosts = {"*.example.com"}, .calls_go_by_proxy = true}).serves(Provider::OpenAiCompatible));
}

BOOST_AUTO_TEST_CASE(users_may_enter_only_hosts_that_the_operator_allows) {
  const auto all = endpoints({.custom_hosts = {"*.example.com", "localhost:11434"}});
  const auto below = all.find(Provider::OpenAiCompatible, "https://api.example.com/v1");
  BOOST_REQUIRE(below);
  BOOST_TEST((below->trust == Trust::Public));
  const auto listed = all.find(Provider::OpenAiCompatible, "http://localhost:11434");
  BOOST_REQUIRE(listed);
  BOOST_TEST((listed->trust == Trust::Listed));
  BOOST_TEST(listed->url.path == "/v1");
  const auto other = all.find(Provider::OpenAiCompatible, "https://api.evil.com/v1");
  BOOST_REQUIRE(!other);
  BOOST_TEST(other.error().field == "base_url");
}

BOOST_AUTO_TEST_CASE(behind_a_proxy_users_may_enter_only_hosts_that_are_listed_in_full) {
  const auto all = endpoints({.custom_hosts = {"*.example.com", "llm.example.org"}, .calls_go_by_proxy = true});
  const auto below = all.find(Provider::OpenAiCompatible, "https://inside.example.com/v1");
  BOOST_REQUIRE(!below);
  BOOST_TEST(below.error().field == "base_url");
  BOOST_TEST(bool(all.find(Provider::OpenAiCompatible, "https://llm.example.org/v1")));
  BOOST_TEST(bool(all.find(Provider::OpenAi, std::nullopt)));
}

BOOST_AUTO_TEST_CASE(without_a_list_no_host_may_be_entered) {
  BOOST_TEST(!endpoints().find(Provider::OpenAiCompatible, "https://api.example.com/v1"));
  BOOST_TEST(!endpoints().find(Provider::OpenAiCompatible, std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_key_of_a_known_provider_goes_nowhere_else) {
  const auto elsewhere = endpoints({.custom_hosts = {"*"}}).find(Provider::OpenAi, "https://api.example.com/v1");
  BOOST_REQUIRE(!elsewhere);
  BOOST_TEST((elsewhere.error().kind == ErrorKind::InvalidRequest));
}

BOOST_AUTO_TEST_SUITE_END()
