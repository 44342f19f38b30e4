// A password from standard input: one line, which a terminal does not show while it is typed. For one thread.
#pragma once

#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::commands {

// Asks for it on standard error when somebody sits there.
Result<Secret> read_password();

}  // namespace ownkey::commands
