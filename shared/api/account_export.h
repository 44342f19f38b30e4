// The file in which people take along what is kept of them; docs/export.md tells more. It is written part by part, as
// it can be large; this is what the parts make together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/api/account_settings.h"
#include "shared/api/accounts.h"
#include "shared/api/audit.h"
#include "shared/api/credentials.h"
#include "shared/api/preferences.h"
#include "shared/api/runs.h"
#include "shared/api/two_factor.h"
#include "shared/api/usage.h"
#include "shared/api/workflows.h"
#include "shared/fields.h"

namespace ownkey::api {

struct ExportedTwoFactor : TwoFactorState {
  std::optional<std::string> enabled_at;

  static constexpr auto fields() {
    return std::tuple_cat(TwoFactorState::fields(), std::tuple{Field{"enabled_at", &ExportedTwoFactor::enabled_at}});
  }
};

struct AccountExport {
  std::string format;  // "ownkey-export"
  int version = 1;
  std::string exported_at;
  User profile;
  Preferences preferences;
  std::vector<SessionEntry> sessions;
  ExportedTwoFactor two_factor;
  std::vector<Credential> credentials;
  FailoverSettings failover;
  std::vector<Budget> budgets;
  std::vector<UsageRecord> usage;
  std::vector<Workflow> workflows;
  std::vector<RunDetails> runs;
  std::vector<AuditEntry> audit;

  static constexpr auto fields() {
    return std::tuple{Field{"format", &AccountExport::format},
                      Field{"version", &AccountExport::version},
                      Field{"exported_at", &AccountExport::exported_at},
                      Field{"profile", &AccountExport::profile},
                      Field{"preferences", &AccountExport::preferences},
                      Field{"sessions", &AccountExport::sessions},
                      Field{"two_factor", &AccountExport::two_factor},
                      Field{"credentials", &AccountExport::credentials},
                      Field{"failover", &AccountExport::failover},
                      Field{"budgets", &AccountExport::budgets},
                      Field{"usage", &AccountExport::usage},
                      Field{"workflows", &AccountExport::workflows},
                      Field{"runs", &AccountExport::runs},
                      Field{"audit", &AccountExport::audit}};
  }
};

}  // namespace ownkey::api
