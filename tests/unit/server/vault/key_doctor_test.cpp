#include "server/vault/key_doctor.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/credential_rows.h"
#include "tests/support/rotation_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

constexpr std::string_view kKey = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";

struct Fixture : test::RotationFixture {
  base::UserId ada = add_user("ada"), bob = add_user("bob");
  std::vector<Finding> findings;

  Examination examine(const KeyRing& ring) {
    findings.clear();
    return test::value_of(KeyDoctor(*accounts, users, ring)
                              .examine(
                                  KeyDoctor::Depth::Values,
                                  [&](const Finding& finding) { findings.push_back(finding); },
                                  [](const Examination&) { return true; }));
  }
  Examination examine() { return examine(keys); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_doctor, Fixture)

BOOST_AUTO_TEST_CASE(healthy_data_has_no_findings) {
  save(ada, Provider::OpenAi, kKey);
  const auto result = examine();
  BOOST_TEST(result.users == 2);
  BOOST_TEST(result.data_keys.readable == 2);
  BOOST_TEST(result.values.readable == 1);
  BOOST_TEST(findings.empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_value_is_lost_and_the_others_are_not) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::Google, "AQ.another-0123456789");
  damage(ada, Provider::OpenAi);
  BOOST_TEST(examine().values.readable == 1);
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST((findings[0].condition == Condition::Lost));
  BOOST_TEST(findings[0].credential.text() == info.id.text());
  BOOST_TEST(!findings[0].reason.empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_was_replaced_is_tried_too_and_told_from_the_present_one) {
  save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, "sk-another-key-0123456789");
  BOOST_TEST(examine().values.readable == 2);
  damage_previous(ada, Provider::OpenAi);
  BOOST_TEST(examine().values.readable == 1);
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST(findings[0].column == "previous_sealed_key");
}

BOOST_AUTO_TEST_CASE(a_value_moved_to_another_user_is_lost_there) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  const auto row = test::value_of(test::value_of(users.open(ada))->credential(info.id));
  BOOST_REQUIRE(test::put_row(*test::value_of(users.open(bob)), *row));
  const auto result = examine();
  BOOST_TEST(result.values.readable == 1);
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST(findings[0].user.text() == bob.text());
}

BOOST_AUTO_TEST_CASE(what_needs_a_missing_master_key_names_it) {
  save(ada, Provider::OpenAi, kKey);
  const auto result = examine(KeyRing::of_fitting(facts(), parsed(k2), random));
  BOOST_TEST(result.data_keys.needs_key == 2);
  BOOST_TEST(result.values.needs_key == 1);
  BOOST_TEST(result.values.lost == 0);
  for (const auto& finding : findings) BOOST_TEST(finding.needs.value_or(0) == 1U);
}

BOOST_AUTO_TEST_CASE(another_key_of_the_same_id_counts_as_missing) {
  const auto stranger = parsed(named("k1", crypto::generate_master_key(random)));
  BOOST_TEST(examine(KeyRing::of_fitting(facts(), stranger, random)).data_keys.needs_key == 2);
}

BOOST_AUTO_TEST_CASE(a_value_whose_data_key_is_gone_is_lost) {
  save(ada, Provider::OpenAi, kKey);
  BOOST_REQUIRE(accounts->add_data_key(keys.new_data_key(ada, 2), clock.now()));
  BOOST_REQUIRE(accounts->remove_data_key(ada, 1));
  BOOST_TEST(examine().values.lost == 1);
  BOOST_TEST(findings.front().reason.find("data key 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_database_is_reported_and_the_walk_goes_on) {
  save(bob, Provider::OpenAi, kKey);
  std::filesystem::create_directories(users.file_of(ada).parent_path());
  test::write_file(users.file_of(ada),
                   "this is no database at all, but it is long enough to be read as one; " + std::string(1000, 'x'));
  BOOST_TEST(examine().values.readable == 1);
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST((findings[0].of == Finding::Of::File));
}

BOOST_AUTO_TEST_CASE(looking_changes_no_byte_and_makes_no_file) {
  save(ada, Provider::OpenAi, kKey);
  const auto before = test::read_file(users.file_of(ada));
  examine();
  BOOST_TEST((test::read_file(users.file_of(ada)) == before));
  BOOST_TEST(!std::filesystem::exists(users.file_of(bob)));
}

BOOST_AUTO_TEST_SUITE_END()
