// How strong a typed password is, in a few words; only advice.
#pragma once

#include <string>
#include <string_view>

namespace ownkey::pages {

// `email` is the person's own address, which everybody knows.
std::string password_advice(std::string_view password, std::string_view email);

}  // namespace ownkey::pages
