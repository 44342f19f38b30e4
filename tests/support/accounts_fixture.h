// All about accounts over a temporary folder, with one person who has signed up.
#pragma once

#include "server/accounts/accounts.h"
#include "server/accounts/audit_log.h"
#include "server/accounts/erasure.h"
#include "server/accounts/password_check.h"
#include "server/accounts/profile.h"
#include "server/accounts/two_factor.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::test {

struct AccountsFixture : VaultFixture {
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);
  accounts::Sessions sessions{*this->accounts, random, clock};
  accounts::PasswordGate passwords{{.at_once = 2, .waiting = 32, .cost = {8, 1, 1}}, random};
  accounts::RateLimiter limiter{clock};
  accounts::AuditLog audit{*this->accounts, users, clock, log};
  accounts::PasswordCheck check{*this->accounts, passwords, limiter, audit, clock};
  accounts::TwoFactor two_factor{{users, check, limiter, audit, random, clock, sealing()}};
  accounts::Accounts service{{*this->accounts, sessions, passwords, check, two_factor, audit, random, clock,
                              [this](const base::UserId& user) { return keys.new_data_key(user); }},
                             config::Registration::Open};
  accounts::Erasure erasure{*this->accounts, users, log};
  accounts::Profile profile{*this->accounts, sessions, passwords, check, audit, erasure, clock};
  accounts::SignedIn ada = value_of(service.sign_up({"ada@example.com", Secret("correct horse"), "Ada", {}}, kClient));
  base::UserId id{ada.user.id};

  accounts::TwoFactor::Sealing sealing() {
    return {[this](const auto& place, const auto& secret) { return vault.sealer().seal(place, secret); },
            [this](const auto& place, const auto& sealed) { return vault.sealer().open(place, sealed); }};
  }
};

}  // namespace ownkey::test
