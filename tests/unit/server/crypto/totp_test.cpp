#include "server/crypto/totp.h"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace ownkey;
using namespace ownkey::crypto;

namespace {

// RFC 6238 appendix B, SHA-1: "12345678901234567890" in base32. The codes there have eight digits; six are their end.
const Secret kSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
const std::vector<std::pair<std::int64_t, std::string>> kCodes{{59, "287082"},         {1111111109, "081804"},
                                                               {1111111111, "050471"}, {1234567890, "005924"},
                                                               {2000000000, "279037"}, {20000000000, "353130"}};

base::Time at(std::int64_t seconds) { return base::Time(std::chrono::seconds(seconds)); }

std::string secret_text(Random& random) {
  const auto secret = new_totp_secret(random);
  return std::string(secret.reveal());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(crypto_totp)

BOOST_AUTO_TEST_CASE(codes_are_those_of_the_standard) {
  for (const auto& [seconds, code] : kCodes) {
    BOOST_TEST(totp_code(kSecret, totp_step(at(seconds))) == code);
    BOOST_TEST((matching_totp_step(kSecret, code, at(seconds), 0) == totp_step(at(seconds))));
  }
}

BOOST_AUTO_TEST_CASE(a_code_is_right_in_its_step_and_in_the_two_beside_it) {
  const auto now = at(1234567890);
  const auto step = totp_step(now);
  for (const std::int64_t away : {-1, 0, 1})
    BOOST_TEST((matching_totp_step(kSecret, totp_code(kSecret, step + away), now, 0) == step + away));
  for (const std::int64_t away : {-2, 2})
    BOOST_TEST(!matching_totp_step(kSecret, totp_code(kSecret, step + away), now, 0));
}

BOOST_AUTO_TEST_CASE(a_step_that_was_used_and_those_before_it_count_no_longer) {
  const auto now = at(1234567890);
  const auto step = totp_step(now);
  BOOST_TEST(!matching_totp_step(kSecret, totp_code(kSecret, step), now, step));
  BOOST_TEST(!matching_totp_step(kSecret, totp_code(kSecret, step - 1), now, step));
  BOOST_TEST((matching_totp_step(kSecret, totp_code(kSecret, step + 1), now, step) == step + 1));
}

BOOST_AUTO_TEST_CASE(what_is_no_code_matches_nothing) {
  const auto now = at(1234567890);
  for (const auto* text : {"", "5924", "0005924", "00592x", "005924 ", "-05924"})
    BOOST_TEST(!matching_totp_step(kSecret, text, now, 0), text);
}

BOOST_AUTO_TEST_CASE(a_new_secret_is_160_bits_that_apps_can_take) {
  SystemRandom random;
  std::set<std::string> secrets;
  for (int i = 0; i < 100; ++i) secrets.emplace(secret_text(random));
  BOOST_TEST(secrets.size() == 100U);
  for (const auto& secret : secrets) {
    BOOST_TEST(secret.size() == 32U);
    BOOST_TEST((secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos));
  }
}

BOOST_AUTO_TEST_SUITE_END()
