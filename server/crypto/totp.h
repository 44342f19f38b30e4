// The codes of a person's authenticator app: TOTP (RFC 6238) in the one form that every app knows, with SHA-1, six
// digits and steps of 30 seconds. Pure functions; safe from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.h"
#include "server/crypto/random.h"
#include "shared/secret.h"

namespace ownkey::crypto {

// 160 random bits (RFC 4226 §4, R6) in base32 without padding, as apps take it.
Secret new_totp_secret(Random& random);

// Counts the 30 seconds since 1970.
std::int64_t totp_step(base::Time now);

std::string totp_code(const Secret& secret, std::int64_t step);

// The step whose code this is: the present one, or a neighbour, since clocks differ and typing takes a while (RFC 6238
// §5.2). Steps up to `last_used` do not count any more.
std::optional<std::int64_t> matching_totp_step(const Secret& secret, std::string_view code, base::Time now,
                                               std::int64_t last_used);

}  // namespace ownkey::crypto
