#include "server/accounts/common_passwords.h"

#include <algorithm>

#include "shared/text.h"

namespace ownkey::accounts {

bool is_common(const Secret& password) {
  const auto text = password.reveal();
  for (std::string_view list = common_password_list(); !list.empty();) {
    const auto end = list.find('\n');
    if (std::ranges::equal(text, list.substr(0, end), {}, lower)) return true;
    list.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace ownkey::accounts
