#include "server/llm/host_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "shared/text.h"

namespace ownkey::llm {

// The first `bits` bits of an address.
struct AddressBlock {
  bool is_v4;
  std::array<std::uint8_t, 16> bytes;
  unsigned bits;
};

namespace {

constexpr std::array<AddressBlock, 16> kNotPublicV4{{
    {true, {0}, 8},              // "this network", and unspecified
    {true, {10}, 8},             // private
    {true, {100, 64}, 10},       // shared address space behind carriers' NAT
    {true, {127}, 8},            // loopback
    {true, {169, 254}, 16},      // link-local, where clouds serve their metadata
    {true, {172, 16}, 12},       // private
    {true, {192, 0, 0}, 24},     // protocol assignments
    {true, {192, 0, 2}, 24},     // documentation
    {true, {192, 31, 196}, 24},  // AS112
    {true, {192, 52, 193}, 24},  // AMT
    {true, {192, 88, 99}, 24},   // 6to4 relays
    {true, {192, 168}, 16},      // private
    {true, {198, 18}, 15},       // benchmarks
    {true, {198, 51, 100}, 24},  // documentation
    {true, {203, 0, 113}, 24},   // documentation
    {true, {224}, 3},            // multicast, reserved, broadcast
}};

// Of IPv6 only 2000::/3 is handed out; these lie inside it.
constexpr AddressBlock kGlobalUnicastV6{false, {0x20}, 3};
constexpr std::array<AddressBlock, 5> kNotPublicV6{{
    {false, {0x20, 0x01, 0x00}, 23},              // protocol assignments, Teredo among them
    {false, {0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    {false, {0x20, 0x02}, 16},                    // 6to4: an IPv4 address inside
    {false, {0x26, 0x20, 0x00, 0x4f, 0x80}, 48},  // AS112
    {false, {0x3f, 0xff}, 20},                    // documentation
}};
constexpr std::array<AddressBlock, 8> kNeverMeant{{
    {true, {0}, 8},
    {true, {169, 254}, 16},
    {true, {224}, 3},
    {false, {}, 128},
    {false, {0xfe, 0x80}, 10},
    {false, {0xff}, 8},
    {false, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 169, 254}, 112},        // link-local, v4-mapped
    {false, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 169, 254}, 112},  // and behind NAT64
}};
constexpr AddressBlock kLoopbackV4{true, {127}, 8};
constexpr AddressBlock kLoopbackV6{false, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == ':';
}

bool is_path_character(char c) { return c > ' ' && c < 0x7F && c != '?' && c != '#' && c != '\\' && c != '@'; }

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535) return std::nullopt;
  return port;
}

struct HostAndPort {
  std::string host;
  std::optional<int> port;
};

// "name", "name:port", "[v6]", "[v6]:port".
std::optional<HostAndPort> split_port(std::string_view text) {
  HostAndPort result;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || !IpAddress::parse(text.substr(1, end - 1))) return std::nullopt;
    result.host = lowered(text.substr(1, end - 1));
    rest = text.substr(end + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    result.host = lowered(text.substr(0, colon));
    rest = text.substr(colon);
    if (result.host.find(':') != std::string::npos) return std::nullopt;
  }
  if (result.host.empty()) return std::nullopt;
  if (rest.empty()) return result;
  if (!rest.starts_with(':')) return std::nullopt;
  result.port = parse_port(rest.substr(1));
  if (!result.port) return std::nullopt;
  return result;
}

Error bad_url() { return invalid("base_url", "enter a base URL like https://api.example.com/v1"); }

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string copy(text);
  IpAddress v4(true);
  if (inet_pton(AF_INET, copy.c_str(), v4.bytes_.data()) == 1) return v4;
  IpAddress v6(false);
  if (inet_pton(AF_INET6, copy.c_str(), v6.bytes_.data()) == 1) return v6;
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::parse_any_form(std::string_view text) {
  if (auto usual = parse(text)) return usual;
  IpAddress v4(true);
  in_addr address{};
  if (inet_aton(std::string(text).c_str(), &address) == 0) return std::nullopt;
  std::memcpy(v4.bytes_.data(), &address, sizeof address);
  return v4;
}

std::optional<IpAddress> IpAddress::from(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    IpAddress v4(true);
    std::memcpy(v4.bytes_.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
    return v4;
  }
  if (address.sa_family == AF_INET6) {
    IpAddress v6(false);
    std::memcpy(v6.bytes_.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
    return v6;
  }
  return std::nullopt;
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(is_v4_ ? AF_INET : AF_INET6, bytes_.data(), buffer.data(), buffer.size());
  return buffer.data();
}

bool IpAddress::in(const AddressBlock& block) const {
  if (is_v4_ != block.is_v4) return false;
  for (unsigned bit = 0; bit < block.bits; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    if ((bytes_[bit / 8] & mask) != (block.bytes[bit / 8] & mask)) return false;
  }
  return true;
}

bool IpAddress::is_loopback() const { return in(kLoopbackV4) || in(kLoopbackV6); }

bool IpAddress::is_public() const {
  const auto holds_this = [this](const AddressBlock& block) { return in(block); };
  if (is_v4_) return std::ranges::none_of(kNotPublicV4, holds_this);
  return in(kGlobalUnicastV6) && std::ranges::none_of(kNotPublicV6, holds_this);
}

bool IpAddress::is_never_meant() const {
  return std::ranges::any_of(kNeverMeant, [this](const AddressBlock& block) { return in(block); });
}

Result<Url> Url::parse(std::string_view text) {
  constexpr std::string_view kHttps = "https://";
  constexpr std::string_view kHttp = "http://";
  Url url;
  url.https = same_name(text.substr(0, kHttps.size()), kHttps);
  if (!url.https && !same_name(text.substr(0, kHttp.size()), kHttp)) return bad_url();
  text.remove_prefix(url.https ? kHttps.size() : kHttp.size());
  const auto slash = std::min(text.find('/'), text.size());
  const auto host = split_port(text.substr(0, slash));
  if (!host || !std::ranges::all_of(host->host, is_host_character)) return bad_url();
  url.host = host->host;
  url.port = host->port.value_or(url.https ? 443 : 80);
  url.path = text.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  if (!std::ranges::all_of(url.path, is_path_character)) return bad_url();
  return url;
}

std::string Url::host_header() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (https ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

Result<HostPattern> HostPattern::parse(std::string_view text) {
  HostPattern pattern;
  auto host = split_port(text);
  if (!host)
    return invalid("", "'" + std::string(text) + "' is not a host pattern like api.example.com or *.example.com");
  pattern.port_ = host->port;
  pattern.host_ = std::move(host->host);
  if (pattern.host_ == "*" || pattern.host_.starts_with("*.")) {
    pattern.wildcard_ = true;
    pattern.host_.erase(0, 1);
  }
  if (!std::ranges::all_of(pattern.host_, is_host_character))
    return invalid(
        "", "'" + std::string(text) + "' is not a host pattern: a '*' may only stand for what is before the first dot");
  return pattern;
}

bool HostPattern::matches(const Url& url) const {
  if (port_ && *port_ != url.port) return false;
  if (!wildcard_) return url.host == host_;
  if (!port_ && url.port != (url.https ? 443 : 80)) return false;
  return url.host.size() > host_.size() && url.host.ends_with(host_);
}

std::optional<Error> refusal(const Url& url, const IpAddress& address, Trust trust) {
  if (trust == Trust::Listed) {
    // Whoever lists the address itself means it.
    if (!address.is_never_meant() || IpAddress::parse_any_form(url.host)) return std::nullopt;
    return Error{ErrorKind::ProviderUnreachable,
                 "the name '" + url.host +
                     "' leads to an address that no service has; ask its owner, or the operator "
                     "of this server",
                 url.host + " is " + address.text()};
  }
  if (trust == Trust::Operator) {
    if (url.https || address.is_loopback()) return std::nullopt;
    return Error{
        ErrorKind::ProviderUnreachable,
        "the base URL is not encrypted (http) and leads to another machine; the operator must set an https URL, or "
        "list the host in OWNKEY_CUSTOM_ENDPOINTS",
        "http to " + address.text()};
  }
  if (!url.https)
    return Error{ErrorKind::ProviderUnreachable, "a key is only sent over https; enter an https URL",
                 "http to " + url.host};
  if (address.is_public()) return std::nullopt;
  return Error{ErrorKind::ProviderUnreachable,
               "the provider's name leads to an address inside a private network, where keys are not sent",
               url.host + " is " + address.text()};
}

}  // namespace ownkey::llm
