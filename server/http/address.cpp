#include "server/http/address.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <span>

#include "server/http/text.h"

namespace ownkey::http {
namespace {

constexpr std::size_t kMappedPrefixBytes = 12;

bool same_prefix(const IpAddress& a, const IpAddress& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  if (bits % 8 == 0) return true;
  return ((a[whole] ^ b[whole]) >> (8 - bits % 8)) == 0;
}

}  // namespace

bool is_loopback(const IpAddress& address) {
  static constexpr IpAddress kV6Loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return address == kV6Loopback || (base::is_mapped(address) && address[12] == 127);
}

bool is_unspecified(const IpAddress& address) {
  const auto rest = std::span(address).subspan(base::is_mapped(address) ? kMappedPrefixBytes : 0);
  return std::ranges::all_of(rest, [](auto byte) { return byte == 0; });
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& texts) {
  TrustedProxies proxies;
  for (const auto& text : texts) {
    const auto [address_text, prefix_text] = divide(text, '/');
    const auto address = parse_ip(address_text);
    int prefix = 128;
    bool good = address.has_value();
    if (good && text.find('/') != std::string::npos) {
      const int offset = address_text.find(':') == std::string_view::npos ? 96 : 0;
      const auto* end = prefix_text.data() + prefix_text.size();
      const auto read = std::from_chars(prefix_text.data(), end, prefix);
      good = read.ec == std::errc() && read.ptr == end && prefix >= 0 && prefix <= 128 - offset;
      prefix += offset;
    }
    if (!good)
      return invalid("trusted_proxies", "'" + text + "' is not an address or network; write 10.0.0.7 or 10.0.0.0/8");
    proxies.networks_.push_back({*address, prefix});
  }
  return proxies;
}

bool TrustedProxies::contains(const IpAddress& address) const {
  return std::ranges::any_of(
      networks_, [&](const Network& network) { return same_prefix(network.address, address, network.prefix); });
}

IpAddress TrustedProxies::client_behind(const IpAddress& peer,
                                        const std::vector<std::string_view>& forwarded_for) const {
  IpAddress client = peer;
  for (const auto value : forwarded_for | std::views::reverse) {
    const auto hops = split(value, ',');
    for (const auto hop : hops | std::views::reverse) {
      if (!contains(client)) return client;
      const auto address = parse_ip(trimmed(hop));
      if (!address) return client;
      client = *address;
    }
  }
  return client;
}

}  // namespace ownkey::http
