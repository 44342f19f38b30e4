// The numbered steps from an empty database to today's. A step never changes once it has been released.
#pragma once

#include <span>
#include <string_view>

namespace ownkey::store {

std::span<const std::string_view> accounts_migrations();
std::span<const std::string_view> user_migrations();

}  // namespace ownkey::store
