// What the API says of a second factor.
#pragma once

#include <vector>

#include "server/accounts/two_factor.h"
#include "shared/api/two_factor.h"

namespace ownkey::http {

api::TwoFactorState message_of(const accounts::TwoFactorState& state);
// With the link that authenticator apps open, and a QR code of it.
api::TwoFactorSetup message_of(const accounts::TwoFactorSetup& setup);
api::RecoveryCodes message_of(const std::vector<Secret>& recovery_codes);

}  // namespace ownkey::http
