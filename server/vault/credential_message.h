// What the API says of a stored key.
#pragma once

#include "server/vault/credential_vault.h"
#include "shared/api/credentials.h"

namespace ownkey::vault {

api::Credential message_of(CredentialInfo info);

}  // namespace ownkey::vault
