// error: a secret does not belong into JSON
#include "shared/api/credentials.h"
#include "shared/json_text.h"

std::string write(const ownkey::api::SaveCredentialRequest& request) { return ownkey::json_text(request); }
