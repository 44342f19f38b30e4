// error: could not convert|no viable conversion|invalid initialization
#include "server/base/ids.h"

bool owns(const ownkey::base::UserId& user);
bool confuse(const ownkey::base::CredentialId& credential) { return owns(credential); }
