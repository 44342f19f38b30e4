#include "server/http/origin.h"

#include <algorithm>
#include <array>

#include "server/http/address.h"
#include "server/http/text.h"

namespace ownkey::http {
namespace {

constexpr std::array<std::string_view, 3> kLoopbackNames{"localhost", "127.0.0.1", "[::1]"};

bool is_host_character(char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-'; }

// The name of "name:port", "1.2.3.4", "[::1]:port", in lower case; empty when it is none of these.
std::string name_in(std::string_view host) {
  std::string_view name = host;
  std::string_view rest;
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    if (end == std::string_view::npos || !parse_ip(host.substr(1, end - 1))) return {};
    name = host.substr(0, end + 1);
    rest = host.substr(end + 1);
  } else {
    name = host.substr(0, host.find(':'));
    rest = host.substr(name.size());
    if (name.empty() || !std::ranges::all_of(name, is_host_character)) return {};
  }
  const bool port =
      rest.size() > 1 && rest.size() <= 6 && rest[0] == ':' && std::ranges::all_of(rest.substr(1), is_digit);
  if (!rest.empty() && !port) return {};
  return lowered(name);
}

std::string listen_name(std::string_view host) {
  if (host.find(':') == std::string_view::npos) return lowered(host);
  return std::string("[").append(lowered(host)).append("]");
}

bool reaches_loopback(std::string_view host) {
  if (same_name(host, "localhost")) return true;
  const auto address = parse_ip(host);
  return address && (is_loopback(*address) || is_unspecified(*address));
}

}  // namespace

Result<Origin> Origin::make(std::string_view listen_host, const std::optional<std::string>& public_origin, bool tls) {
  Origin origin;
  origin.tls_ = tls;
  origin.listen_name_ = listen_name(listen_host);
  origin.loopback_names_ = reaches_loopback(listen_host);
  if (public_origin) {
    const std::string text = lowered(*public_origin);
    const auto scheme_end = text.find("://");
    const auto scheme = text.substr(0, scheme_end);
    if (scheme_end != std::string::npos && (scheme == "https" || scheme == "http"))
      origin.public_name_ = name_in(std::string_view(text).substr(scheme_end + 3));
    if (origin.public_name_.empty())
      return invalid("public_origin",
                     "'" + *public_origin + "' is not an origin; write https://name or https://name:port");
    origin.public_origin_ = text;
  }
  return origin;
}

bool Origin::accepts(std::string_view host) const {
  const std::string name = name_in(host);
  if (name.empty()) return false;
  if (name == listen_name_ || name == public_name_) return true;
  return loopback_names_ && std::ranges::find(kLoopbackNames, name) != kLoopbackNames.end();
}

std::string Origin::seen_by(std::string_view host) const {
  if (!public_origin_.empty() && name_in(host) == public_name_) return public_origin_;
  return (tls_ ? "https://" : "http://") + lowered(host);
}

}  // namespace ownkey::http
