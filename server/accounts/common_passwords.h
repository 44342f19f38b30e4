// The passwords that everybody tries first.
#pragma once

#include <string_view>

#include "shared/secret.h"

namespace ownkey::accounts {

// assets/common_passwords.txt, one a line, in lower case.
std::string_view common_password_list();

// Whatever the case of its letters.
bool is_common(const Secret& password);

}  // namespace ownkey::accounts
