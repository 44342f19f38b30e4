// Origin: under which names this server answers, and which of them is its own origin. Immutable.
//
// A request for another name is refused: a page of another site can point its own name at this server's address (DNS
// rebinding) and would then be same-origin with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace ownkey::http {

class Origin {
 public:
  // `listen_host` is an address or "localhost"; `public_origin` is scheme://host[:port], checked here.
  static Result<Origin> make(std::string_view listen_host, const std::optional<std::string>& public_origin, bool tls);

  // Whether a Host header names us; its port does not matter. Loopback names count when loopback is listened on.
  bool accepts(std::string_view host) const;

  // scheme://host[:port] as a browser that sent this Host sees us.
  std::string seen_by(std::string_view host) const;

 private:
  std::string listen_name_;
  bool loopback_names_ = false;
  std::string public_origin_;
  std::string public_name_;
  bool tls_ = false;
};

}  // namespace ownkey::http
