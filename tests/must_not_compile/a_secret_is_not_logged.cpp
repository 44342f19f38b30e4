// error: cannot convert|could not convert|no matching
#include "server/base/log.h"
#include "shared/secret.h"

void write(ownkey::base::Log& log, const ownkey::Secret& secret) { log.info("key", {{"key", secret}}); }
