#include "server/accounts/password_rules.h"

#include <string>

#include "server/accounts/common_passwords.h"
#include "shared/validation.h"

namespace ownkey::accounts {

Result<void> check_new_password(const Secret& password, std::string_view field) {
  if (auto valid = valid_password(password, field); !valid) return valid;
  if (is_common(password))
    return invalid(std::string(field),
                   "this is one of the most common passwords, which attackers try first; choose another");
  return {};
}

}  // namespace ownkey::accounts
