#include "server/base/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>

namespace ownkey::base {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  const std::string copy(text);
  IpAddress address{};
  if (inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
  if (inet_pton(AF_INET, copy.c_str(), address.data() + kMappedPrefix.size()) == 1) return address;
  return std::nullopt;
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_mapped(address)) inet_ntop(AF_INET, address.data() + kMappedPrefix.size(), text.data(), text.size());
  else inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  return text.data();
}

bool is_mapped(const IpAddress& address) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
}

IpAddress subscriber_of(IpAddress address) {
  if (!is_mapped(address)) std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
  return address;
}

std::string subscriber_of(std::string_view address) {
  const auto parsed = parse_ip(address);
  return parsed ? to_text(subscriber_of(*parsed)) : std::string(address);
}

}  // namespace ownkey::base
