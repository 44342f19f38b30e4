// IP addresses as text and as networks, and whose word about a client's address is taken. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

namespace ownkey::http {

// An IPv6 address; IPv4 ones in their mapped form (::ffff:a.b.c.d), so that both spellings are the same address.
using IpAddress = std::array<std::uint8_t, 16>;

std::optional<IpAddress> parse_ip(std::string_view text);
std::string to_text(const IpAddress& address);
bool is_loopback(const IpAddress& address);
bool is_unspecified(const IpAddress& address);
// What one customer of a network usually has, for counting: a whole IPv4 address, the first 64 bits of an IPv6 one.
IpAddress subscriber_of(IpAddress address);

// Which peers are proxies of ours.
class TrustedProxies {
 public:
  // Addresses or networks ("10.0.0.0/8", "fd00::/8"); an Error names the one that is neither.
  static Result<TrustedProxies> parse(const std::vector<std::string>& texts);

  bool contains(const IpAddress& address) const;

  // The client's address: the peer's, unless that is a proxy of ours. X-Forwarded-For is then read from its end, where
  // our proxies wrote, up to the first address that is not one of them; what stands before that anyone could have sent.
  IpAddress client_behind(const IpAddress& peer, const std::vector<std::string_view>& forwarded_for) const;

 private:
  struct Network {
    IpAddress address;
    int prefix;
  };
  std::vector<Network> networks_;
};

}  // namespace ownkey::http
