// error: a secret does not belong into JSON
#include "shared/api/credentials.h"

ownkey::json write(const ownkey::api::SaveCredentialRequest& request) { return ownkey::to_json(request); }
