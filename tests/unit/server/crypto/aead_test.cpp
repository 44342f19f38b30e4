#include "server/crypto/aead.h"

#include <boost/test/unit_test.hpp>

#include "server/crypto/encoding.h"
#include "tests/support/vectors.h"

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

Key key_of(const test::VectorCase& vector) {
  const auto bytes = test::from_hex(vector.at("key"));
  return Key(std::span<const std::uint8_t, Key::kSize>(bytes));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aead)

BOOST_AUTO_TEST_CASE(published_vectors_encrypt_and_decrypt_as_printed) {
  for (const auto& vector : test::read_vectors("aes256_gcm.vec")) {
    const auto key = key_of(vector);
    const auto nonce = test::from_hex(vector.at("nonce")), ad = test::from_hex(vector.at("ad"));
    const auto in = test::from_hex(vector.at("in")), out = test::from_hex(vector.at("out"));
    BOOST_TEST(encrypt_aes256_gcm(key, nonce, ad, in) == out);
    const auto opened = decrypt_aes256_gcm(key, nonce, ad, out);
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST(hex(base::bytes_of(opened->reveal())) == vector.at("in"));
  }
}

BOOST_AUTO_TEST_CASE(wycheproofs_vectors_open_or_are_refused_as_it_says) {
  int valid = 0, invalid = 0;
  for (const auto& vector : test::read_vectors("aes256_gcm_wycheproof.vec")) {
    BOOST_TEST_CONTEXT("tcId " << vector.at("tcId")) {
      const auto key = key_of(vector);
      const auto nonce = test::from_hex(vector.at("nonce")), ad = test::from_hex(vector.at("ad"));
      const auto in = test::from_hex(vector.at("in")), out = test::from_hex(vector.at("out"));
      const bool is_valid = vector.at("result") == "valid";
      const auto opened = decrypt_aes256_gcm(key, nonce, ad, out);
      BOOST_TEST(opened.has_value() == is_valid);
      BOOST_TEST((encrypt_aes256_gcm(key, nonce, ad, in) == out) == is_valid);
      if (opened) BOOST_TEST(hex(base::bytes_of(opened->reveal())) == vector.at("in"));
      ++(is_valid ? valid : invalid);
    }
  }
  BOOST_TEST(valid == 27);
  BOOST_TEST(invalid == 27);
}

BOOST_AUTO_TEST_CASE(any_changed_bit_is_noticed) {
  const auto vector = test::read_vectors("aes256_gcm.vec").back();
  const auto key = key_of(vector);
  const auto nonce = test::from_hex(vector.at("nonce")), ad = test::from_hex(vector.at("ad"));
  auto out = test::from_hex(vector.at("out"));
  for (std::size_t bit = 0; bit < out.size() * 8; ++bit) {
    out[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    BOOST_REQUIRE(!decrypt_aes256_gcm(key, nonce, ad, out).has_value());
    out[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
  BOOST_TEST(decrypt_aes256_gcm(key, nonce, ad, out).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
