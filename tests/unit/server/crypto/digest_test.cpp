#include "server/crypto/digest.h"

#include <boost/test/unit_test.hpp>

#include "server/crypto/encoding.h"
#include "tests/support/fixed_random.h"
#include "tests/support/vectors.h"

using namespace ownkey;
using namespace ownkey::crypto;

BOOST_AUTO_TEST_SUITE(digest)

BOOST_AUTO_TEST_CASE(sha_256_of_abc_is_that_of_fips_180_4) {
  BOOST_TEST(hex(sha256(base::bytes_of("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(published_hmac_vectors_come_out_as_printed) {
  for (const auto& vector : test::read_vectors("hmac_sha256.vec")) {
    const auto key = test::from_hex(vector.at("key"));
    const auto mac = hmac_sha256(Key(std::span<const std::uint8_t, Key::kSize>(key)), test::from_hex(vector.at("in")));
    BOOST_TEST(hex(mac) == vector.at("out"));
  }
}

// HKDF is HMAC twice (RFC 5869 §2), so the vectors for HMAC and this definition pin it down.
BOOST_AUTO_TEST_CASE(a_derived_key_is_hkdf_sha_256_by_its_definition) {
  test::FixedRandom random;
  const auto master = new_key(random), salt = new_key(random);
  const std::string purpose = "ownkey/v1/test";
  const auto extracted = hmac_sha256(salt, master.reveal());
  const auto expanded =
      hmac_sha256(Key(std::span<const std::uint8_t, Key::kSize>(extracted)), base::bytes_of(purpose + '\1'));
  const auto derived = derive_key(master, salt.reveal(), purpose);
  BOOST_TEST(hex(derived.reveal()) == hex(expanded));
}

BOOST_AUTO_TEST_CASE(purposes_and_salts_give_different_keys) {
  test::FixedRandom random;
  const auto master = new_key(random);
  const auto derived = [&](std::string_view salt, std::string_view purpose) {
    const auto key = derive_key(master, base::bytes_of(salt), purpose);
    return hex(key.reveal());
  };
  BOOST_TEST(derived("a", "x") != derived("a", "y"));
  BOOST_TEST(derived("a", "x") != derived("b", "x"));
  BOOST_TEST(derived("a", "x") == derived("a", "x"));
}

BOOST_AUTO_TEST_SUITE_END()
