// Networks of IP addresses, and whose word about a client's address is taken. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/base/ip_address.h"
#include "shared/result.h"

namespace ownkey::http {

using base::IpAddress;
using base::parse_ip;
using base::subscriber_of;
using base::to_text;

bool is_loopback(const IpAddress& address);
bool is_unspecified(const IpAddress& address);

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
