#include "server/crypto/encoding.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/fixed_random.h"

using namespace ownkey;
using namespace ownkey::crypto;

BOOST_AUTO_TEST_SUITE(encoding)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_4648_come_out_as_printed) {
  BOOST_TEST(base64(base::bytes_of("foob")) == "Zm9vYg==");
  BOOST_TEST(base64url(base::bytes_of("foob")) == "Zm9vYg");
  BOOST_TEST(base64url(base::Bytes{0xFB, 0xFF}) == "-_8");
}

BOOST_AUTO_TEST_CASE(both_alphabets_are_read_with_and_without_padding) {
  for (const auto* text : {"+/8=", "+/8", "-_8=", "-_8"}) BOOST_TEST((decode_base64(text) == base::Bytes{0xFB, 0xFF}));
  for (const auto* text : {"a b=", "$$$$", "abc\n", "A"}) BOOST_TEST(!decode_base64(text).has_value());
}

BOOST_AUTO_TEST_CASE(a_key_is_32_bytes_and_nothing_else) {
  test::FixedRandom random;
  const auto text = encode_key(new_key(random));
  BOOST_TEST(text.size() == 44U);
  BOOST_TEST(decode_key(text.reveal()).has_value());
  BOOST_TEST(!decode_key("AAAA").has_value());
  BOOST_TEST(!decode_key(std::string(text.reveal()) + "AAAA").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
