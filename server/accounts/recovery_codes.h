// Recovery codes: what somebody who lost their phone signs in with. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/crypto/random.h"
#include "shared/secret.h"

namespace ownkey::accounts {

inline constexpr std::size_t kRecoveryCodes = 10;

// "xxxxx-xxxxx", of letters and digits that are not taken for each other; 50 random bits each.
std::vector<Secret> new_recovery_codes(crypto::Random& random);

// A code of any kind as it is meant: without spaces and dashes, in lower case.
Secret tidy_code(const Secret& typed);

// Keyed with the secret of the person's app, which lies sealed: without a key, 50 bits can be found by trying.
std::string recovery_code_hash(const Secret& totp_secret, const Secret& code);

}  // namespace ownkey::accounts
