#include "server/crypto/password_hash.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/vectors.h"

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

constexpr Argon2Cost kCheap{8, 1, 1};

}  // namespace

BOOST_AUTO_TEST_SUITE(password_hash)

BOOST_AUTO_TEST_CASE(hashes_made_by_others_are_understood) {
  for (const auto& vector : test::read_vectors("argon2id.vec")) {
    BOOST_TEST(check_password(Secret(vector.at("password")), vector.at("phc"), kCheap).correct);
    BOOST_TEST(!check_password(Secret(vector.at("password") + "x"), vector.at("phc"), kCheap).correct);
  }
}

BOOST_AUTO_TEST_CASE(a_hash_opens_to_its_password_alone) {
  SystemRandom random;
  const auto hash = hash_password(Secret("correct horse"), kCheap, random);
  BOOST_TEST(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
  BOOST_TEST(check_password(Secret("correct horse"), hash, kCheap).correct);
  BOOST_TEST(!check_password(Secret("Correct horse"), hash, kCheap).correct);
  BOOST_TEST(hash != hash_password(Secret("correct horse"), kCheap, random));
}

BOOST_AUTO_TEST_CASE(a_hash_of_lower_cost_is_outdated) {
  SystemRandom random;
  const auto hash = hash_password(Secret("correct horse"), kCheap, random);
  BOOST_TEST(!check_password(Secret("correct horse"), hash, kCheap).outdated);
  BOOST_TEST(check_password(Secret("correct horse"), hash, {16, 1, 1}).outdated);
  BOOST_TEST(check_password(Secret("correct horse"), hash, {8, 2, 1}).outdated);
  BOOST_TEST(!check_password(Secret("wrong horse"), hash, {16, 1, 1}).outdated);
}

BOOST_AUTO_TEST_CASE(a_hash_for_no_password_looks_like_any_other) {
  SystemRandom random;
  const auto hash = unknown_password_hash(kCheap, random);
  BOOST_TEST(is_password_hash(hash));
  BOOST_TEST(hash.size() == hash_password(Secret("correct horse"), kCheap, random).size());
  BOOST_TEST(hash != unknown_password_hash(kCheap, random));
  for (const auto* password : {"", "correct horse"})
    BOOST_TEST(!check_password(Secret(password), hash, kCheap).correct);
}

BOOST_AUTO_TEST_CASE(hashes_of_other_kinds_are_told_apart) {
  for (const auto& vector : test::read_vectors("argon2id.vec")) BOOST_TEST(is_password_hash(vector.at("phc")));
  for (const auto* other :
       {"", "!", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
        "$argon2id$v=19$m=4194304,t=1,p=1$MTIzNDU2Nzg5YWJjZGVm$+iAchMa6urtGUvqS2c2ly5SxSb3Jj9S/nq4SZaIgLaI"})
    BOOST_TEST(!is_password_hash(other), other);
}

BOOST_AUTO_TEST_CASE(a_malformed_or_costly_hash_is_not_correct_and_not_run) {
  const std::string rest = "$MTIzNDU2Nzg5YWJjZGVm$+iAchMa6urtGUvqS2c2ly5SxSb3Jj9S/nq4SZaIgLaI";
  for (const auto& hash :
       {std::string(), std::string("$argon2id$"), "$argon2i$v=19$m=8,t=1,p=1" + rest,
        "$argon2id$v=16$m=8,t=1,p=1" + rest, "$argon2id$v=19$m=4294967295,t=1,p=1" + rest,
        "$argon2id$v=19$m=262145,t=1,p=1" + rest, "$argon2id$v=19$m=8,t=11,p=1" + rest,
        "$argon2id$v=19$m=64,t=1,p=5" + rest, "$argon2id$v=19$m=8,t=0,p=1" + rest, "$argon2id$v=19$m=8,t=1,p=0" + rest,
        "$argon2id$v=19$m=7,t=1,p=1" + rest, "$argon2id$v=19$m=8,t=1" + rest, "$argon2id$v=19$m=-8,t=1,p=1" + rest,
        std::string("$argon2id$v=19$m=8,t=1,p=1$MTIz$+iAc"), "$argon2id$v=19$m=8,t=1,p=1" + rest + "$more"})
    BOOST_TEST(!check_password(Secret("pass"), hash, kCheap).correct, hash);
}

BOOST_AUTO_TEST_SUITE_END()
