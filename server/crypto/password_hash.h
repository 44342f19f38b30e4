// Passwords as Argon2id hashes (RFC 9106) in the PHC string format: $argon2id$v=19$m=65536,t=3,p=1$salt$hash
// Pure functions, slow and hungry on purpose: accounts::PasswordGate bounds how many run at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/crypto/random.h"
#include "shared/secret.h"

namespace ownkey::crypto {

struct Argon2Cost {
  std::uint32_t memory_kib = 64 * 1024;
  std::uint32_t passes = 3;
  std::uint32_t lanes = 1;

  bool operator==(const Argon2Cost&) const = default;
};

// Stored parameters beyond these are not run: a hash in a changed database must not cost more than we are ready to pay.
// Lower ones (of accounts that came from elsewhere) are, and the next right password is hashed anew at today's cost.
inline constexpr Argon2Cost kHighestCost{256 * 1024, 10, 4};

std::string hash_password(const Secret& password, const Argon2Cost& cost, Random& random);

// Looks like any other hash and costs as much to check, but no password is known for it.
std::string unknown_password_hash(const Argon2Cost& cost, Random& random);

// Whether check_password would run this hash.
bool is_password_hash(std::string_view phc);

struct PasswordCheck {
  bool correct = false;
  bool outdated = false;  // correct, but hashed at a lower cost than wanted: hash it again
};

// A hash that is malformed or asks for too much is simply not correct.
PasswordCheck check_password(const Secret& password, std::string_view phc, const Argon2Cost& wanted);

}  // namespace ownkey::crypto
