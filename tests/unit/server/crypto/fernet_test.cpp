#include "server/crypto/fernet.h"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

#include "server/base/bytes.h"
#include "server/crypto/encoding.h"
#include "tests/support/vectors.h"

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

Key key_of(const test::VectorCase& vector) {
  auto key = decode_key(vector.at("secret"));
  BOOST_REQUIRE(key.has_value());
  return std::move(*key);
}

TokenLifetime lifetime_of(const test::VectorCase& vector) {
  return {std::chrono::seconds(std::stoll(vector.at("ttl_sec"))),
          std::chrono::sys_seconds(std::chrono::seconds(std::stoll(vector.at("now"))))};
}

std::string padded(base::ByteView bytes) {
  auto text = base64url(bytes);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

FernetFailure failure_of(const Key& key, std::string_view token) {
  const auto opened = open_fernet(key, token);
  BOOST_REQUIRE(!opened.value.has_value());
  return opened.failure;
}

// The longest of the good tokens, to be damaged.
struct Fixture {
  test::VectorCase vector = test::read_vectors("fernet_valid.vec").back();
  Key key = key_of(vector);
  base::Bytes bytes = decode_base64(vector.at("token")).value();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fernet, Fixture)

BOOST_AUTO_TEST_CASE(the_good_tokens_open) {
  for (const auto& good : test::read_vectors("fernet_valid.vec")) {
    const auto opened = open_fernet(key_of(good), good.at("token"), lifetime_of(good));
    BOOST_REQUIRE(opened.value.has_value());
    BOOST_TEST(opened.value->reveal() == good.at("src"));
  }
}

BOOST_AUTO_TEST_CASE(the_bad_tokens_of_the_specification_are_told_apart) {
  const std::map<std::string, FernetFailure> failures{{"Malformed", FernetFailure::Malformed},
                                                      {"NotAuthentic", FernetFailure::NotAuthentic},
                                                      {"Expired", FernetFailure::Expired},
                                                      {"FromTheFuture", FernetFailure::FromTheFuture},
                                                      {"BadPadding", FernetFailure::BadPadding}};
  for (const auto& bad : test::read_vectors("fernet_invalid.vec")) {
    const auto opened = open_fernet(key_of(bad), bad.at("token"), lifetime_of(bad));
    BOOST_TEST(!opened.value.has_value(), bad.at("desc"));
    BOOST_TEST((opened.failure == failures.at(bad.at("failure"))), bad.at("desc") << ": " << describe(opened.failure));
  }
}

BOOST_AUTO_TEST_CASE(without_a_lifetime_age_does_not_matter) {
  for (const auto& bad : test::read_vectors("fernet_invalid.vec")) {
    const bool only_time_is_wrong = bad.at("failure") == "Expired" || bad.at("failure") == "FromTheFuture";
    BOOST_TEST(open_fernet(key_of(bad), bad.at("token")).value.has_value() == only_time_is_wrong, bad.at("desc"));
  }
}

BOOST_AUTO_TEST_CASE(another_version_is_said_to_be_unknown) {
  bytes[0] = 0x81;
  BOOST_TEST((failure_of(key, padded(bytes)) == FernetFailure::UnknownVersion));
}

BOOST_AUTO_TEST_CASE(no_other_key_opens_a_token) {
  for (std::size_t bit = 0; bit < Key::kSize / 2 * 8; ++bit) {
    auto other = key.clone();
    other.fill()[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    BOOST_REQUIRE((failure_of(other, vector.at("token")) == FernetFailure::NotAuthentic));
  }
}

BOOST_AUTO_TEST_CASE(a_token_with_any_bit_flipped_does_not_open) {
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto changed = bytes;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const auto expected = bit < 8 ? FernetFailure::UnknownVersion : FernetFailure::NotAuthentic;
    BOOST_REQUIRE((failure_of(key, padded(changed)) == expected));
  }
}

BOOST_AUTO_TEST_CASE(a_token_cut_at_any_length_does_not_open) {
  const std::string_view token = vector.at("token");
  for (std::size_t size = 0; size < token.size(); ++size) failure_of(key, token.substr(0, size));
  for (std::size_t size = 0; size < bytes.size(); ++size) failure_of(key, padded(base::ByteView(bytes).first(size)));
}

BOOST_AUTO_TEST_CASE(another_spelling_of_the_same_bytes_is_not_a_token) {
  const auto token = vector.at("token");
  for (const auto& spelling : {" " + token, token + "\n", token + "=", base64(bytes)})
    BOOST_TEST((failure_of(key, spelling) == FernetFailure::Malformed), spelling);
}

BOOST_AUTO_TEST_SUITE_END()
