// error: use of deleted function|deleted (copy )?constructor
#include "shared/secret.h"

ownkey::Secret copy(const ownkey::Secret& secret) { return secret; }
