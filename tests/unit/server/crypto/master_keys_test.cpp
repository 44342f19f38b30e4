#include "server/crypto/master_keys.h"

#include <boost/test/unit_test.hpp>

#include "server/crypto/encoding.h"

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

std::string key_text() {
  SystemRandom random;
  const auto key = generate_master_key(random);
  return std::string(key.reveal());
}

std::string error_of(const std::string& text) {
  const auto keys = MasterKeys::parse(Secret(text));
  return keys ? "" : keys.error().public_text;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(master_keys)

BOOST_AUTO_TEST_CASE(a_bare_key_is_k1) {
  const auto keys = MasterKeys::parse(Secret(key_text() + "\n"));
  BOOST_REQUIRE(keys);
  BOOST_TEST(keys->primary() == 1U);
  BOOST_TEST(keys->find(1) != nullptr);
  BOOST_TEST(keys->find(2) == nullptr);
}

BOOST_AUTO_TEST_CASE(the_first_of_a_list_is_the_primary) {
  const auto keys = MasterKeys::parse(Secret("k7: " + key_text() + " ,\n# the old one\nk2:" + key_text() + "\n"));
  BOOST_REQUIRE(keys);
  BOOST_TEST(keys->primary() == 7U);
  BOOST_TEST((keys->ids() == std::vector<MasterKeyId>{7, 2}));
}

BOOST_AUTO_TEST_CASE(unfit_keys_are_refused_with_the_reason_and_without_the_key) {
  BOOST_TEST(holds(error_of(""), "no master key"));
  BOOST_TEST(holds(error_of("dG9vIHNob3J0"), "32 bytes"));
  BOOST_TEST(holds(error_of(base64(base::Bytes(32, 7))), "same byte"));
  BOOST_TEST(holds(error_of(std::string(documented_example_key()) + "="), "documentation"));
  BOOST_TEST(holds(error_of(std::string(documented_example_key())), "documentation"));
  const auto key = key_text();
  BOOST_TEST(holds(error_of("k1:" + key + ",k1:" + key_text()), "twice"));
  for (const auto* id : {"1", "k", "k0", "k01", "k-1", "kx", "k99999999999", "K1"}) {
    const auto error = error_of(std::string(id) + ":" + key);
    BOOST_TEST(holds(error, "is not like k1"), id);
    BOOST_TEST(!holds(error, key));
  }
}

BOOST_AUTO_TEST_SUITE_END()
