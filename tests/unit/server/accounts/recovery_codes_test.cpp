#include "server/accounts/recovery_codes.h"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>
#include <string>

using namespace ownkey;
using namespace ownkey::accounts;

namespace {

const Secret kTotpSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

}  // namespace

BOOST_AUTO_TEST_SUITE(accounts_recovery_codes)

BOOST_AUTO_TEST_CASE(there_are_ten_that_differ_and_can_be_read) {
  crypto::SystemRandom random;
  std::set<std::string> texts;
  for (const auto& code : new_recovery_codes(random)) texts.emplace(code.reveal());
  BOOST_TEST(texts.size() == 10U);
  for (const auto& text : texts) BOOST_TEST(std::regex_match(text, std::regex("[a-z2-7]{5}-[a-z2-7]{5}")), text);
}

BOOST_AUTO_TEST_CASE(how_a_code_is_typed_makes_no_difference) {
  const auto hash = recovery_code_hash(kTotpSecret, Secret("abcde-23457"));
  for (const auto* typed : {"ABCDE-23457", "abcde23457", " abcde 23457 "})
    BOOST_TEST(recovery_code_hash(kTotpSecret, Secret(typed)) == hash, typed);
  BOOST_TEST(recovery_code_hash(kTotpSecret, Secret("abcde-23456")) != hash);
}

BOOST_AUTO_TEST_CASE(the_hash_cannot_be_made_without_the_secret_of_the_app) {
  const Secret code("abcde-23457");
  BOOST_TEST(recovery_code_hash(Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJA"), code) !=
             recovery_code_hash(kTotpSecret, code));
}

BOOST_AUTO_TEST_SUITE_END()
