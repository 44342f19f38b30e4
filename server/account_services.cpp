#include "server/account_services.h"

#include <algorithm>
#include <thread>

namespace ownkey {
namespace {

// One hash a core: more at once would only take longer each.
std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

accounts::TwoFactor::Sealing sealing_with(vault::Sealer& sealer) {
  return {[&sealer](const auto& place, const auto& secret) { return sealer.seal(place, secret); },
          [&sealer](const auto& place, const auto& sealed) { return sealer.open(place, sealed); }};
}

}  // namespace

AccountServices::AccountServices(Installation& installation, config::Registration registration, base::Log& log)
    : sessions(installation.accounts(), installation.random(), installation.clock()),
      password_gate({.at_once = cores()}, installation.random()),
      limiter(installation.clock()),
      audit(installation.accounts(), installation.users(), installation.clock(), log),
      password_check(installation.accounts(), password_gate, limiter, audit, installation.clock()),
      two_factor({installation.users(), password_check, limiter, audit, installation.random(), installation.clock(),
                  sealing_with(installation.vault().sealer())}),
      accounts({installation.accounts(), sessions, password_gate, password_check, two_factor, audit,
                installation.random(), installation.clock(),
                [&keys = installation.keys()](const base::UserId& user) { return keys.new_data_key(user); }},
               registration),
      erasure(installation.accounts(), installation.users(), log),
      profile(installation.accounts(), sessions, password_gate, password_check, audit, erasure, installation.clock()),
      preferences(installation.users(), installation.clock()) {}

}  // namespace ownkey
