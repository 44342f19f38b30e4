#include "server/store/all_users.h"

#include <cstddef>
#include <optional>

namespace ownkey::store {
namespace {

constexpr std::size_t kPage = 1000;

}  // namespace

Result<void> for_each_user(AccountStore& accounts, const UserWork& work) {
  for (std::optional<base::UserId> last;;) {
    const auto page = accounts.users(last, kPage);
    if (!page) return page.error();
    if (page->empty()) return {};
    last = page->back();
    for (const auto& user : *page) {
      const auto goes_on = work(user);
      if (!goes_on) return goes_on.error();
      if (!*goes_on) return {};
    }
  }
}

}  // namespace ownkey::store
