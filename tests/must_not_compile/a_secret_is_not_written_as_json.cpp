// error: a secret does not belong into JSON
#include "shared/fields.h"

ownkey::json write(const ownkey::Secret& secret) { return ownkey::to_json(secret); }
