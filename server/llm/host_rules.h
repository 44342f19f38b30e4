// Which hosts and addresses this server may call. Pure functions.
//
// Names say nothing about where they lead, so addresses are judged, as numbers, after resolving: "0x7f.1", "2130706433"
// and "localhost.example.com" are all 127.0.0.1 by then.
// Sources: the IANA special-purpose registries for IPv4 and IPv6, RFC 6598 (CGNAT), RFC 6052 and RFC 8215 (NAT64).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

struct sockaddr;

namespace ownkey::llm {

class IpAddress {
 public:
  // Exactly the usual written forms (dotted quad, RFC 4291 text); nothing for names and for the odd old ones.
  static std::optional<IpAddress> parse(std::string_view text);
  // These, and the old forms that name services take for addresses too ("0x7f.1", "2130706433").
  static std::optional<IpAddress> parse_any_form(std::string_view text);
  static std::optional<IpAddress> from(const sockaddr& address);

  std::string text() const;
  bool is_loopback() const;
  // Whether it is an address of the public internet; whatever lies inside another address (v4-mapped, NAT64, 6to4,
  // Teredo) is never taken for one.
  bool is_public() const;
  // Whether no service that somebody means can be there: link-local, where clouds serve their metadata, multicast,
  // unspecified; also inside another address.
  bool is_never_meant() const;

 private:
  explicit IpAddress(bool v4) : is_v4_(v4) {}
  bool in(const struct AddressBlock& block) const;

  bool is_v4_;
  std::array<std::uint8_t, 16> bytes_{};  // an IPv4 address fills the first four
};

// "https://api.example.com:8443/v1": scheme http or https, no user, query or fragment. The port is always set.
struct Url {
  bool https = true;
  std::string host;  // lower case; an IPv6 address without its brackets
  int port = 443;
  std::string path;  // "" or "/v1", never with a slash at the end

  static Result<Url> parse(std::string_view text);
  // As it stands in a Host header: the port only when it is not the scheme's own.
  std::string host_header() const;
};

// A host that the operator allows: "api.example.com", "*.example.com" (any name below it), "*", each with an optional
// ":port". Without a port, the scheme's own is meant for names with a '*', any port otherwise.
class HostPattern {
 public:
  static Result<HostPattern> parse(std::string_view text);

  bool matches(const Url& url) const;
  // A host that is named in full was chosen by the operator, wherever it leads; behind a '*' anybody can put an
  // address.
  bool is_exact() const { return !wildcard_; }

 private:
  std::string host_;  // without the "*."
  bool wildcard_ = false;
  std::optional<int> port_;
};

// What a connection to a URL may do.
enum class Trust {
  Public,    // https, and only to public addresses
  Operator,  // the operator chose this host: any address, and http where it stays on this machine
  Listed,    // the operator listed this host in full: any address that a service may have, http too
};

// The error says what is wrong with the scheme or the address; nothing when both are fine.
std::optional<Error> refusal(const Url& url, const IpAddress& address, Trust trust);

}  // namespace ownkey::llm
