#include "server/crypto/sealing.h"

#include <boost/test/unit_test.hpp>

#include <functional>

#include "server/crypto/encoding.h"
#include "tests/support/fixed_random.h"
#include "tests/support/vectors.h"

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

const ColumnPlace kPlace{"user-a", "openai", "row-1", "sealed_key", 3};

struct Fixture {
  SystemRandom random;
  Key key = new_key(random);
  base::Sealed sealed = seal_column(key, 2, kPlace, Secret("sk-test-0123456789"), random);

  OpenFailure failure(const base::Sealed& blob, const ColumnPlace& place = kPlace, std::uint32_t key_id = 2) const {
    const auto opened = open_column(key, key_id, place, blob);
    BOOST_REQUIRE(!opened.value.has_value());
    return opened.failure;
  }
};

Key key_from(const test::VectorCase& vector) {
  const auto bytes = test::from_hex(vector.at("data_key"));
  return Key(std::span<const std::uint8_t, Key::kSize>(bytes));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sealing, Fixture)

BOOST_AUTO_TEST_CASE(what_was_sealed_opens_in_its_place) {
  const auto opened = open_column(key, 2, kPlace, sealed);
  BOOST_REQUIRE(opened.value.has_value());
  BOOST_TEST(opened.value->reveal() == "sk-test-0123456789");
  BOOST_TEST(key_id_of(sealed).value() == 2U);
}

BOOST_AUTO_TEST_CASE(sealing_twice_never_gives_the_same_bytes) {
  BOOST_TEST((seal_column(key, 2, kPlace, Secret("sk-test-0123456789"), random) != sealed));
}

BOOST_AUTO_TEST_CASE(a_ciphertext_opens_nowhere_else) {
  const std::vector<ColumnPlace> elsewhere{
      {"user-b", "openai", "row-1", "sealed_key", 3}, {"user-a", "google", "row-1", "sealed_key", 3},
      {"user-a", "openai", "row-2", "sealed_key", 3}, {"user-a", "openai", "row-1", "other", 3},
      {"user-a", "openai", "row-1", "sealed_key", 2}, {"user-ao", "penai", "row-1", "sealed_key", 3}};
  for (const auto& place : elsewhere) BOOST_TEST((failure(sealed, place) == OpenFailure::NotAuthentic));
}

BOOST_AUTO_TEST_CASE(another_key_or_key_id_does_not_open_it) {
  BOOST_TEST((failure(sealed, kPlace, 1) == OpenFailure::WrongKeyId));
  const auto other = new_key(random);
  BOOST_TEST(!open_column(other, 2, kPlace, sealed).value.has_value());
}

BOOST_AUTO_TEST_CASE(a_blob_cut_at_any_length_does_not_open) {
  for (std::size_t size = 0; size < sealed.bytes().size(); ++size) {
    const base::Sealed cut(
        base::Bytes(sealed.bytes().begin(), sealed.bytes().begin() + static_cast<std::ptrdiff_t>(size)));
    BOOST_REQUIRE(!open_column(key, 2, kPlace, cut).value.has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_blob_with_any_bit_flipped_does_not_open) {
  auto bytes = sealed.bytes();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    BOOST_REQUIRE(!open_column(key, 2, kPlace, base::Sealed(bytes)).value.has_value());
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_version_or_algorithm_is_told_apart) {
  auto bytes = sealed.bytes();
  bytes[1] = 2;
  BOOST_TEST((failure(base::Sealed(bytes)) == OpenFailure::UnknownVersion));
  BOOST_TEST(!key_id_of(base::Sealed(bytes)).has_value());
  bytes[1] = 1;
  bytes[2] = 2;
  BOOST_TEST((failure(base::Sealed(bytes)) == OpenFailure::UnknownAlgorithm));
}

BOOST_AUTO_TEST_CASE(a_data_key_unwraps_for_its_user_version_and_master_key_alone) {
  const auto data_key = new_key(random);
  const auto wrapped = wrap_data_key(key, 5, {"user-a", 1}, data_key, random);
  const auto opened = unwrap_data_key(key, 5, {"user-a", 1}, wrapped);
  BOOST_REQUIRE(opened.value.has_value());
  BOOST_TEST(hex(opened.value->reveal()) == hex(data_key.reveal()));
  BOOST_TEST(!unwrap_data_key(key, 5, {"user-b", 1}, wrapped).value.has_value());
  BOOST_TEST(!unwrap_data_key(key, 5, {"user-a", 2}, wrapped).value.has_value());
  BOOST_TEST((unwrap_data_key(key, 6, {"user-a", 1}, wrapped).failure == OpenFailure::WrongKeyId));
}

// The format may never change: these blobs were frozen when it was defined.
BOOST_AUTO_TEST_CASE(frozen_blobs_open_for_ever) {
  for (const auto& vector : test::read_vectors("sealed_v1.vec")) {
    const ColumnPlace place{vector.at("user_id"), vector.at("provider"), vector.at("row_id"), vector.at("column"),
                            std::stoull(vector.at("generation"))};
    const auto key_id = static_cast<std::uint32_t>(std::stoul(vector.at("key_id")));
    const auto opened = open_column(key_from(vector), key_id, place, base::Sealed(test::from_hex(vector.at("sealed"))));
    BOOST_REQUIRE(opened.value.has_value());
    BOOST_TEST(opened.value->reveal() == vector.at("plaintext"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
