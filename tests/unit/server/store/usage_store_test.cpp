#include "server/store/usage_store.h"

#include <boost/test/unit_test.hpp>

#include "server/crypto/digest.h"
#include "server/store/user_stores.h"
#include "tests/support/execute_sql.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const AuditNote kNote{AuditAction::BudgetChanged, "openai/default", {"127.0.0.1", "test"}, {}};
const base::CredentialId kOne("one"), kTwo("two");

struct Fixture {
  test::TempFolder folder;
  UserStores users{folder.path(), 1, crypto::sha256_text};
  std::shared_ptr<UserStore> store = *users.open(base::UserId("ada"));
  UsageStore& use = store->usage();

  void add(const std::string& day, const base::CredentialId& credential, std::int64_t tokens,
           std::string_view keep_from = "2000-01-01") {
    BOOST_REQUIRE(store->put({.tokens = {{{day, credential.text(), Provider::OpenAi, "gpt", "draft"}, {1, tokens, 1}}},
                              .keep_usage_from = std::string(keep_from)}));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(usage_store, Fixture)

BOOST_AUTO_TEST_CASE(usage_of_a_day_is_one_row_that_grows) {
  add("2026-11-01", kOne, 10);
  add("2026-11-01", kOne, 5);
  const auto rows = *use.totals("2026-11-01", "2026-11-01", api::UsageGroup::Day);
  BOOST_REQUIRE(rows.size() == 1U);
  BOOST_TEST(rows[0].count.calls == 2);
  BOOST_TEST(rows[0].count.input_tokens == 15);
  BOOST_TEST(rows[0].count.output_tokens == 2);
}

BOOST_AUTO_TEST_CASE(tokens_are_added_up_from_a_day_on_and_for_one_credential) {
  add("2026-10-31", kOne, 1000);
  add("2026-11-01", kOne, 10);
  add("2026-11-02", kOne, 5);
  add("2026-11-02", kTwo, 700);
  BOOST_TEST(*use.tokens_since(kOne, "2026-11-01") == 17);
  BOOST_TEST(*use.tokens_since(kTwo, "2026-12-01") == 0);
}

BOOST_AUTO_TEST_CASE(old_days_are_forgotten) {
  add("2025-01-01", kOne, 10);
  add("2026-11-01", kOne, 10, "2026-01-01");
  BOOST_TEST(use.totals("2000-01-01", "2100-01-01", api::UsageGroup::Day)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_budget_is_set_changed_and_taken_away) {
  BOOST_TEST(!use.budget(kOne)->has_value());
  BOOST_REQUIRE(use.set_budget(kOne, 100, kNote));
  BOOST_REQUIRE(use.set_budget(kOne, 200, kNote));
  BOOST_TEST(**use.budget(kOne) == 200);
  BOOST_TEST(use.budgets()->size() == 1U);
  BOOST_REQUIRE(use.set_budget(kOne, std::nullopt, kNote));
  BOOST_TEST(use.budgets()->empty());
  BOOST_TEST(store->audit({}, 10)->size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_order_is_kept_as_it_was_given) {
  BOOST_REQUIRE(use.set_failover({{Provider::OpenAi, true, {kTwo, kOne}}, {Provider::Google, false, {}}}, kNote));
  const auto row = *use.failover(Provider::OpenAi);
  BOOST_REQUIRE(row.has_value());
  BOOST_TEST(row->enabled);
  BOOST_TEST((row->order == std::vector{kTwo, kOne}));
  BOOST_TEST(!use.failover(Provider::Anthropic)->has_value());
  BOOST_TEST(use.failover()->size() == 2U);
}

// Regression: it was thrown through the store to whoever asked.
BOOST_AUTO_TEST_CASE(an_order_that_cannot_be_read_is_an_error) {
  BOOST_REQUIRE(use.set_failover({{Provider::OpenAi, true, {kTwo, kOne}}}, kNote));
  for (const auto* order : {"[1]", "[\"one\", null]", "{}", "oops"}) {
    test::execute_sql(users.file_of(base::UserId("ada")),
                      "UPDATE failover SET credential_ids = '" + std::string(order) + "'");
    const auto read = use.failover();
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().kind == ErrorKind::Internal));
  }
}

BOOST_AUTO_TEST_SUITE_END()
