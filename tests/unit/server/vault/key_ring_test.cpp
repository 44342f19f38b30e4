#include "server/vault/key_ring.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/rotation_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

struct Fixture : test::RotationFixture {
  std::string refusal(const crypto::MasterKeys& given) {
    const auto checked = check_master_keys(facts(), given);
    return checked ? "" : checked.error().public_text;
  }

  crypto::MasterKeys other(const std::string& id) {
    const auto made = crypto::generate_master_key(random);
    return test::value_of(crypto::MasterKeys::parse(Secret(id + ":" + std::string(made.reveal()))));
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_ring, Fixture)

BOOST_AUTO_TEST_CASE(the_right_keys_pass) { BOOST_TEST(refusal(master_keys).empty()); }

BOOST_AUTO_TEST_CASE(another_key_of_the_same_id_is_refused_by_its_id) {
  const auto text = refusal(other("k1"));
  BOOST_TEST(holds(text, "k1"));
  BOOST_TEST(holds(text, "nothing was changed"));
}

BOOST_AUTO_TEST_CASE(a_missing_key_that_data_needs_is_named) {
  add_user("ada");
  BOOST_TEST(holds(refusal(other("k2")), "master key k1 is missing"));
}

BOOST_AUTO_TEST_CASE(a_strangers_key_is_refused_even_before_there_is_a_user) {
  BOOST_TEST(holds(refusal(other("k2")), "k1"));
}

BOOST_AUTO_TEST_CASE(there_are_no_facts_without_a_database) {
  BOOST_TEST(!test::value_of(store::read_key_facts(folder / "none.db")).has_value());
}

BOOST_AUTO_TEST_CASE(opening_again_keeps_the_instance_and_unwraps_old_data_keys) {
  const auto ada = add_user("ada");
  const auto row = test::value_of(accounts->current_data_key(ada));
  const auto again = test::value_of(KeyRing::open(*accounts, master_keys, random, clock));
  BOOST_TEST(bool(again.unwrap(row)));
}

BOOST_AUTO_TEST_CASE(a_data_key_moved_to_another_user_does_not_unwrap) {
  auto row = test::value_of(accounts->current_data_key(add_user("ada")));
  row.user = add_user("bob");
  const auto unwrapped = keys.unwrap(row);
  BOOST_REQUIRE(!unwrapped);
  BOOST_TEST((unwrapped.error().kind == ErrorKind::CredentialUnreadable));
}

// Both keys are at hand, and the right one would open it: it is not tried.
BOOST_AUTO_TEST_CASE(a_data_key_that_names_another_master_key_of_the_ring_is_unreadable) {
  const auto ada = add_user("ada");
  const auto both = start_with(k1 + "," + k2);
  const auto row = test::value_of(accounts->current_data_key(ada));
  BOOST_REQUIRE(row.master_key_id == 1U);
  BOOST_TEST(bool(both.unwrap(row)));

  const auto is_unreadable = [&](const store::DataKeyRow& changed) {
    const auto unwrapped = both.unwrap(changed);
    return !unwrapped && unwrapped.error().kind == ErrorKind::CredentialUnreadable;
  };
  auto in_row = row, in_head = row, in_both = row;
  in_row.master_key_id = in_both.master_key_id = 2;
  in_head.wrapped = in_both.wrapped = test::with_key_id(row.wrapped, 2);
  for (const auto& changed : {in_row, in_head, in_both}) BOOST_TEST(is_unreadable(changed));
}

BOOST_AUTO_TEST_SUITE_END()
