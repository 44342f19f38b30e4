// The routes of the JSON API, one file per topic. A handler reads the message, calls one service and answers; what it
// knows beyond that belongs elsewhere. Everything is borrowed and must outlive the routes.
#pragma once

#include <vector>

#include "server/accounts/accounts.h"
#include "server/accounts/audit_log.h"
#include "server/accounts/preferences.h"
#include "server/accounts/profile.h"
#include "server/accounts/sessions.h"
#include "server/accounts/two_factor.h"
#include "server/base/clock.h"
#include "server/base/metrics.h"
#include "server/http/metrics_access.h"
#include "server/http/route.h"
#include "server/http/session_cookie.h"
#include "server/llm/key_settings.h"
#include "server/llm/llm_service.h"
#include "server/vault/credential_vault.h"
#include "server/workflow/key_uses.h"
#include "server/workflow/run_service.h"
#include "server/workflow/tools/tools.h"
#include "server/workflow/workflows.h"

namespace ownkey::http {

struct Services {
  accounts::Accounts& accounts;
  accounts::Sessions& sessions;
  accounts::Profile& profile;
  accounts::Preferences& preferences;
  accounts::TwoFactor& two_factor;
  accounts::AuditLog& audit;
  vault::CredentialVault& vault;
  workflow::KeyUses& key_uses;
  llm::LlmService& llm;
  llm::KeySettings& key_settings;
  workflow::Workflows& workflows;
  workflow::RunService& runs;
  const workflow::Tools& tools;
  SessionCookie cookie;
  const base::Clock& clock;
  const base::Metrics& metrics;
  const MetricsAccess& metrics_access;
};

std::vector<Route> account_routes(const Services& services);
std::vector<Route> account_erasure_routes(const Services& services);
std::vector<Route> account_export_routes(const Services& services);
std::vector<Route> audit_routes(const Services& services);
std::vector<Route> credential_routes(const Services& services);
// Describes the given routes, and itself.
Route description_route(std::vector<Route> others);
std::vector<Route> health_routes();
std::vector<Route> metrics_routes(const Services& services);
std::vector<Route> model_routes(const Services& services);
std::vector<Route> preferences_routes(const Services& services);
std::vector<Route> profile_routes(const Services& services);
std::vector<Route> provider_routes(const Services& services);
std::vector<Route> run_routes(const Services& services);
std::vector<Route> session_routes(const Services& services);
std::vector<Route> two_factor_routes(const Services& services);
std::vector<Route> usage_routes(const Services& services);
std::vector<Route> verification_routes(const Services& services);
std::vector<Route> workflow_routes(const Services& services);

// All of them.
std::vector<Route> api_routes(const Services& services);

}  // namespace ownkey::http
