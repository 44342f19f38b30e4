// What the API says of a stored key.
#pragma once

#include "server/vault/credential_vault.h"
#include "shared/api/credentials.h"

namespace ownkey::http {

api::Credential message_of(vault::CredentialInfo info);

}  // namespace ownkey::http
