#include "web/api/client.h"

#include <utility>

#include "web/api/answer.h"

namespace ownkey::api {
namespace {

// Labels hold nothing that needs escaping (shared/validation.h).
std::string credential_path(const KeyName& key) {
  return "/api/settings/credentials/" + std::string(name_of(key.provider)) +
         (key.label == "default" ? "" : "/" + key.label);
}
std::string workflow_path(std::string_view id) { return "/api/workflows/" + std::string(id); }
std::string run_path(std::string_view id) { return "/api/runs/" + std::string(id); }

constexpr std::string_view kRunEvents =
    "run.queued run.started node.started node.delta node.tool_call node.tool_result node.finished node.failed "
    "run.finished";

}  // namespace

template <class T>
void Client::send(std::string_view method, std::string path, Secret body, Then<T> then, bool outlives_session) {
  send({{method, std::move(path), std::move(body), user_id_},
        [then = std::move(then)](const platform::Answered& answer) { then(outcome_of<T>(answer)); },
        outlives_session && !user_id_.empty()});
}

void Client::send(Waiting waiting) {
  const auto& [method, path, body, user_id] = waiting.request;
  const auto id = platform_.send({method, path, body.clone(), user_id});
  waiting_.emplace(id, std::move(waiting));
}

void Client::handle(const platform::Answered& answer) {
  auto found = waiting_.extract(answer.id);
  if (!found) return;
  Waiting& waiting = found.mapped();
  const bool refused = !succeeded(answer) && failure_of(answer).kind == ErrorKind::Unauthenticated;
  if (!refused || !waiting.outlives_session) return waiting.on_answer(answer);
  refused_.push_back(std::move(waiting));
  if (when_signed_out) when_signed_out();
}

void Client::send_again() {
  for (auto& waiting : std::exchange(refused_, {})) send(std::move(waiting));
}

void Client::handle(const platform::Streamed& event) {
  const auto found = waiting_.find(event.id);
  if (found == waiting_.end()) return;
  const OnEvent on_event = found->second.on_event;  // which may abandon it
  on_event(event);
}

void Client::abandon(platform::RequestId id) {
  waiting_.erase(id);
  platform_.abandon(id);
}

void Client::abandon_all() {
  for (const auto& [id, then] : waiting_) platform_.abandon(id);
  waiting_.clear();
  refused_.clear();
}

void Client::me(Then<User> then) { send("GET", "/api/auth/me", {}, std::move(then)); }

void Client::sign_in(const LoginRequest& request, Then<Done> then) {
  send("POST", "/api/auth/login", body_of(request), std::move(then));
}

void Client::create_account(const RegisterRequest& request, Then<Done> then) {
  send("POST", "/api/auth/register", body_of(request), std::move(then));
}

void Client::sign_out(Then<Done> then) { send("POST", "/api/auth/logout", {}, std::move(then), false); }

void Client::change_profile(const ChangeProfileRequest& request, Then<User> then) {
  send("PATCH", "/api/settings/profile", body_of(request), std::move(then));
}

void Client::change_password(const ChangePasswordRequest& request, Then<Done> then) {
  send("POST", "/api/settings/password", body_of(request), std::move(then));
}

void Client::sessions(Then<std::vector<SessionEntry>> then) {
  send("GET", "/api/settings/sessions", {}, std::move(then));
}

void Client::end_session(std::string_view id, Then<Done> then) {
  send("DELETE", "/api/settings/sessions/" + std::string(id), {}, std::move(then));
}

void Client::end_other_sessions(Then<Done> then) { send("DELETE", "/api/settings/sessions", {}, std::move(then)); }

void Client::delete_account(const DeleteAccountRequest& request, Then<Done> then) {
  send("DELETE", "/api/settings/account", body_of(request), std::move(then));
}

void Client::two_factor(Then<TwoFactorState> then) { send("GET", "/api/settings/two-factor", {}, std::move(then)); }

void Client::set_up_two_factor(const SetUpTwoFactorRequest& request, Then<TwoFactorSetup> then) {
  send("POST", "/api/settings/two-factor/setup", body_of(request), std::move(then));
}

void Client::enable_two_factor(const EnableTwoFactorRequest& request, Then<RecoveryCodes> then) {
  send("POST", "/api/settings/two-factor/enable", body_of(request), std::move(then));
}

void Client::renew_recovery_codes(const ChangeTwoFactorRequest& request, Then<RecoveryCodes> then) {
  send("POST", "/api/settings/two-factor/recovery-codes", body_of(request), std::move(then));
}

void Client::disable_two_factor(const ChangeTwoFactorRequest& request, Then<Done> then) {
  send("DELETE", "/api/settings/two-factor", body_of(request), std::move(then));
}

void Client::preferences(Then<Preferences> then) { send("GET", "/api/settings/preferences", {}, std::move(then)); }

void Client::set_preferences(const Preferences& preferences, Then<Preferences> then) {
  send("PUT", "/api/settings/preferences", body_of(preferences), std::move(then));
}

void Client::audit(std::optional<std::int64_t> before, Then<std::vector<AuditEntry>> then) {
  send("GET", "/api/settings/audit" + (before ? "?before=" + std::to_string(*before) : std::string()), {},
       std::move(then));
}

void Client::usage(UsageGroup group, Then<UsageReport> then) {
  send("GET", "/api/usage?group_by=" + std::string(name_of(group)), {}, std::move(then));
}

void Client::budgets(Then<std::vector<Budget>> then) { send("GET", "/api/settings/budgets", {}, std::move(then)); }

void Client::set_budget(const SetBudgetRequest& request, Then<Budget> then) {
  send("PUT", "/api/settings/budgets", body_of(request), std::move(then));
}

void Client::providers(Then<std::vector<ProviderEntry>> then) {
  send("GET", "/api/settings/providers", {}, std::move(then));
}

void Client::credentials(Then<std::vector<Credential>> then) {
  send("GET", "/api/settings/credentials", {}, std::move(then));
}

void Client::save(const SaveCredentialRequest& request, Then<Credential> then) {
  send("POST", "/api/settings/credentials", body_of(request), std::move(then));
}

void Client::change(const KeyName& key, const ChangeCredentialRequest& request, Then<Credential> then) {
  send("PATCH", credential_path(key), body_of(request), std::move(then));
}

void Client::undo_replacing(const KeyName& key, Then<Credential> then) {
  send("POST", credential_path(key) + "/undo", {}, std::move(then));
}

void Client::uses(const KeyName& key, Then<std::vector<CredentialUse>> then) {
  send("GET", credential_path(key) + "/uses", {}, std::move(then));
}

void Client::remove(const KeyName& key, Then<Done> then) { send("DELETE", credential_path(key), {}, std::move(then)); }

void Client::failover(Then<FailoverSettings> then) { send("GET", "/api/settings/failover", {}, std::move(then)); }

void Client::set_failover(const FailoverSettings& settings, Then<FailoverSettings> then) {
  send("PUT", "/api/settings/failover", body_of(settings), std::move(then));
}

void Client::verify(const VerifyRequest& request, Then<VerifiedAnswer> then) {
  send("POST", "/api/settings/credentials/verify", body_of(request), std::move(then));
}

void Client::verify_stored(const KeyName& key, Then<VerifiedAnswer> then) {
  send("POST", credential_path(key) + "/verify", {}, std::move(then));
}

void Client::workflows(Then<std::vector<Workflow>> then) { send("GET", "/api/workflows", {}, std::move(then)); }

void Client::workflow(std::string_view id, Then<Workflow> then) { send("GET", workflow_path(id), {}, std::move(then)); }

void Client::create(const SaveWorkflowRequest& request, Then<Workflow> then) {
  send("POST", "/api/workflows", body_of(request), std::move(then));
}

void Client::update(std::string_view id, const SaveWorkflowRequest& request, Then<Workflow> then) {
  send("PUT", workflow_path(id), body_of(request), std::move(then));
}

void Client::remove_workflow(std::string_view id, Then<Done> then) {
  send("DELETE", workflow_path(id), {}, std::move(then));
}

void Client::examples(Then<std::vector<ExampleWorkflow>> then) {
  send("GET", "/api/workflows/examples", {}, std::move(then));
}

void Client::tools(Then<std::vector<ToolEntry>> then) { send("GET", "/api/workflows/tools", {}, std::move(then)); }

void Client::models(Then<std::vector<Model>> then) { send("GET", "/api/models", {}, std::move(then)); }

void Client::start_run(std::string_view workflow, const ExecuteRequest& request, Then<StartedRun> then) {
  send("POST", workflow_path(workflow) + "/runs", body_of(request), std::move(then));
}

void Client::run(std::string_view id, Then<RunDetails> then) { send("GET", run_path(id), {}, std::move(then)); }

void Client::cancel_run(std::string_view id, Then<Done> then) {
  send("POST", run_path(id) + "/cancel", {}, std::move(then));
}

void Client::runs(std::string_view workflow, std::string_view before, Then<std::vector<RunSummary>> then) {
  std::string path = "/api/runs?workflow_id=" + std::string(workflow) + "&limit=20";
  if (!before.empty()) path += "&before=" + std::string(before);
  send("GET", std::move(path), {}, std::move(then));
}

platform::RequestId Client::follow_run(std::string_view id, OnEvent on_event, Then<Done> lost) {
  const auto stream = platform_.follow(run_path(id) + "/events", kRunEvents);
  const auto on_answer = [lost = std::move(lost)](const platform::Answered& answer) { lost(outcome_of<Done>(answer)); };
  waiting_.emplace(stream, Waiting{{}, on_answer, false, std::move(on_event)});
  return stream;
}

}  // namespace ownkey::api
