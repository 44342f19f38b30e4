// RouteCall: a line for each route of the API, with a request that it takes. Tests that walk all routes go through it,
// and fail when a route has no line here, so that none is forgotten.
#pragma once

#include <string>
#include <vector>

#include "shared/json.h"
#include "tests/support/api_client.h"

namespace ownkey::test {

// Of whom a route tells, or what it changes.
enum class Whose {
  Nobodys,  // anyone may ask
  Callers,  // of who calls, whoever that is
  ById,     // of whom the id in the path belongs to; others find nothing there
  ByName,   // a name in the path, of a key of who calls
};

struct RouteCall {
  std::string method;
  std::string pattern;
  Whose whose;
  json body = nullptr;  // null for none
  int status = 200;     // for somebody who has all that it needs

  std::string key() const { return method + " " + pattern; }
  std::string text() const { return body.is_null() ? "" : body.dump(); }
};

inline const std::string kTypedKey = "sk-sim-openai-typed-0123456789-T1";
inline const std::string kOtherKey = "sk-sim-openai-other-0123456789-T2";

// Stand for codes that are still to be made.
inline const std::string kCode = "000000", kRecoveryCode = "00000-00000";

// In an order in which one person can make all of them: what one needs another has made before, and what ends all comes
// last. A key with the label "spare" is what {provider} and {label} mean.
inline std::vector<RouteCall> route_calls() {
  using enum Whose;
  const json person{{"email", "walker@mail.example"}, {"password", "correct horse"}};
  const auto key = [](const std::string& text, const std::string& label) {
    return json{{"provider", "openai"}, {"api_key", text}, {"label", label}};
  };
  const std::string named = "/api/settings/credentials/{provider}/{label}";
  const std::string unnamed = "/api/settings/credentials/{provider}";
  return {
      {"GET", "/healthz", Nobodys},
      {"GET", "/readyz", Nobodys},
      {"GET", "/metrics", Nobodys},
      {"GET", "/api/openapi.json", Nobodys},
      {"POST", "/api/auth/register", Nobodys, person, 201},
      {"POST", "/api/auth/login", Nobodys, person},
      {"GET", "/api/auth/me", Callers},
      {"GET", "/api/settings/profile", Callers},
      {"PATCH", "/api/settings/profile", Callers, {{"full_name", "Walker"}}},
      {"GET", "/api/settings/preferences", Callers},
      {"PUT", "/api/settings/preferences", Callers, {{"theme", "dark"}, {"text_scale", 1.5}}},
      {"GET", "/api/settings/sessions", Callers},
      {"DELETE", "/api/settings/sessions/{id}", ById, nullptr, 204},
      {"DELETE", "/api/settings/sessions", Callers, nullptr, 204},
      {"GET", "/api/settings/two-factor", Callers},
      {"POST", "/api/settings/two-factor/setup", Callers, {{"current_password", "correct horse"}}},
      {"POST", "/api/settings/two-factor/enable", Callers, {{"totp_code", kCode}}},
      {"POST",
       "/api/settings/two-factor/recovery-codes",
       Callers,
       {{"current_password", "correct horse"}, {"totp_code", kCode}}},
      {"DELETE",
       "/api/settings/two-factor",
       Callers,
       {{"current_password", "correct horse"}, {"totp_code", kRecoveryCode}},
       204},
      {"GET", "/api/settings/providers", Callers},
      {"POST", "/api/settings/credentials/verify", Callers, {{"provider", "openai"}, {"api_key", kTypedKey}}},
      {"POST", "/api/settings/credentials", Callers, key(kTypedKey, "default")},
      {"POST", "/api/settings/credentials", Callers, key(kTypedKey, "spare")},
      {"POST", "/api/settings/credentials", Callers, key(kOtherKey, "default")},
      {"POST", "/api/settings/credentials", Callers, key(kOtherKey, "spare")},
      {"POST", unnamed + "/undo", ByName},
      {"POST", named + "/undo", ByName},
      {"POST", unnamed + "/verify", ByName},
      {"POST", named + "/verify", ByName},
      {"PATCH", unnamed, ByName, {{"is_active", true}}},
      {"PATCH", named, ByName, {{"is_active", true}}},
      {"GET", "/api/settings/credentials", Callers},
      {"GET", "/api/settings/failover", Callers},
      {"PUT", "/api/settings/failover", Callers, {{"openai", {{"enabled", true}, {"order", {"default", "spare"}}}}}},
      {"GET", "/api/settings/budgets", Callers},
      {"PUT", "/api/settings/budgets", Callers, {{"provider", "openai"}, {"monthly_tokens", 1'000'000}}},
      {"GET", "/api/models", Callers},
      {"GET", "/api/workflows/tools", Callers},
      {"GET", "/api/workflows/examples", Callers},
      {"POST", "/api/workflows", Callers, ask_workflow(), 201},
      {"GET", "/api/workflows", Callers},
      {"GET", "/api/workflows/{id}", ById},
      {"PUT", "/api/workflows/{id}", ById, ask_workflow()},
      {"GET", unnamed + "/uses", ByName},
      {"GET", named + "/uses", ByName},
      {"POST", "/api/workflows/{id}/execute", ById, {{"initial_inputs", {{"input", "hello"}}}}},
      {"POST", "/api/workflows/{id}/runs", ById, json::object(), 202},
      {"GET", "/api/runs", Callers},
      {"GET", "/api/runs/{id}", ById},
      {"GET", "/api/runs/{id}/events", ById},
      {"POST", "/api/runs/{id}/cancel", ById, nullptr, 202},
      {"GET", "/api/usage", Callers},
      {"GET", "/api/settings/audit", Callers},
      {"GET", "/api/settings/export", Callers},
      {"DELETE", "/api/workflows/{id}", ById},
      {"DELETE", named, ByName},
      {"DELETE", unnamed, ByName},
      {"POST",
       "/api/settings/password",
       Callers,
       {{"current_password", "correct horse"}, {"new_password", "battery staple"}},
       204},
      {"POST", "/api/auth/logout", Callers, nullptr, 204},
      {"DELETE", "/api/settings/account", Callers, {{"current_password", "battery staple"}}, 204},
  };
}

// What the names in braces stand for.
struct Ids {
  std::string workflow, run, session;
  std::string label = "spare";
};

inline std::string path_of(const std::string& pattern, const Ids& ids) {
  std::string path = pattern;
  const auto replace = [&path](const std::string& name, const std::string& value) {
    if (const auto at = path.find(name); at != std::string::npos) path.replace(at, name.size(), value);
  };
  replace("{provider}", "openai");
  replace("{label}", ids.label);
  replace("{id}", pattern.starts_with("/api/runs/")       ? ids.run
                  : pattern.starts_with("/api/settings/") ? ids.session
                                                          : ids.workflow);
  return path;
}

}  // namespace ownkey::test
