// IP addresses as text and as numbers. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ownkey::base {

// An IPv6 address; IPv4 ones in their mapped form (::ffff:a.b.c.d), so that both spellings are the same address.
using IpAddress = std::array<std::uint8_t, 16>;

std::optional<IpAddress> parse_ip(std::string_view text);
std::string to_text(const IpAddress& address);
bool is_mapped(const IpAddress& address);

// What one customer of a network usually has, for counting: a whole IPv4 address, the first 64 bits of an IPv6 one.
IpAddress subscriber_of(IpAddress address);
// The same as text; one that is no address stands for itself.
std::string subscriber_of(std::string_view address);

}  // namespace ownkey::base
