// Client: every request that the page makes of its server. The only place that knows paths, JSON and status codes.
// Each call answers later by its callback, once, unless it was abandoned. Callbacks run inside handle().
// The platform is borrowed and must outlive it. One thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api/account_settings.h"
#include "shared/api/accounts.h"
#include "shared/api/audit.h"
#include "shared/api/credentials.h"
#include "shared/api/models.h"
#include "shared/api/preferences.h"
#include "shared/api/runs.h"
#include "shared/api/two_factor.h"
#include "shared/api/usage.h"
#include "shared/api/workflows.h"
#include "web/platform/platform.h"
#include "web/state/key_name.h"
#include "web/state/remote.h"

namespace ownkey::api {

// The answer to a request whose body says nothing of interest.
struct Done {};

using state::KeyName;

template <class T>
using Then = std::function<void(state::Outcome<T>)>;

class Client {
 public:
  explicit Client(platform::Platform& platform) : platform_(platform) {}

  // Called when a request of the person's was refused because the session is gone. That request waits.
  std::function<void()> when_signed_out;

  // The person is signed in again: what waits is asked for anew.
  void send_again();

  void handle(const platform::Answered& answer);
  void handle(const platform::Streamed& event);
  void abandon(platform::RequestId id);
  void abandon_all();

  // Whom the page takes itself to be signed in as; empty: nobody. The server refuses what a page asks for that was left
  // open while someone else signed in beside it.
  void act_for(std::string user_id) { user_id_ = std::move(user_id); }

  void me(Then<User> then);
  void sign_in(const LoginRequest& request, Then<Done> then);
  void create_account(const RegisterRequest& request, Then<Done> then);
  void sign_out(Then<Done> then);

  void change_profile(const ChangeProfileRequest& request, Then<User> then);
  void change_password(const ChangePasswordRequest& request, Then<Done> then);
  void sessions(Then<std::vector<SessionEntry>> then);
  void end_session(std::string_view id, Then<Done> then);
  void end_other_sessions(Then<Done> then);
  void delete_account(const DeleteAccountRequest& request, Then<Done> then);

  void two_factor(Then<TwoFactorState> then);
  void set_up_two_factor(const SetUpTwoFactorRequest& request, Then<TwoFactorSetup> then);
  void enable_two_factor(const EnableTwoFactorRequest& request, Then<RecoveryCodes> then);
  void renew_recovery_codes(const ChangeTwoFactorRequest& request, Then<RecoveryCodes> then);
  void disable_two_factor(const ChangeTwoFactorRequest& request, Then<Done> then);

  void preferences(Then<Preferences> then);
  void set_preferences(const Preferences& preferences, Then<Preferences> then);
  void audit(std::optional<std::int64_t> before, Then<std::vector<AuditEntry>> then);
  void usage(UsageGroup group, Then<UsageReport> then);
  void budgets(Then<std::vector<Budget>> then);
  void set_budget(const SetBudgetRequest& request, Then<Budget> then);

  void providers(Then<std::vector<ProviderEntry>> then);
  void credentials(Then<std::vector<Credential>> then);
  void save(const SaveCredentialRequest& request, Then<Credential> then);
  void change(const KeyName& key, const ChangeCredentialRequest& request, Then<Credential> then);
  void undo_replacing(const KeyName& key, Then<Credential> then);
  void uses(const KeyName& key, Then<std::vector<CredentialUse>> then);
  void remove(const KeyName& key, Then<Done> then);
  void failover(Then<FailoverSettings> then);
  void set_failover(const FailoverSettings& settings, Then<FailoverSettings> then);
  void verify(const VerifyRequest& request, Then<VerifiedAnswer> then);
  void verify_stored(const KeyName& key, Then<VerifiedAnswer> then);

  void workflows(Then<std::vector<Workflow>> then);
  void workflow(std::string_view id, Then<Workflow> then);
  void create(const SaveWorkflowRequest& request, Then<Workflow> then);
  void update(std::string_view id, const SaveWorkflowRequest& request, Then<Workflow> then);
  void remove_workflow(std::string_view id, Then<Done> then);
  void examples(Then<std::vector<ExampleWorkflow>> then);
  void tools(Then<std::vector<ToolEntry>> then);
  void models(Then<std::vector<Model>> then);

  void start_run(std::string_view workflow, const ExecuteRequest& request, Then<StartedRun> then);
  void run(std::string_view id, Then<RunDetails> then);
  void cancel_run(std::string_view id, Then<Done> then);
  // The newest; those before one of them, if that is given.
  void runs(std::string_view workflow, std::string_view before, Then<std::vector<RunSummary>> then);

  // The run's events, past ones too, until it is abandoned. `lost` is called if there are none to be had.
  using OnEvent = std::function<void(const platform::Streamed&)>;
  platform::RequestId follow_run(std::string_view id, OnEvent on_event, Then<Done> lost);

 private:
  using OnAnswer = std::function<void(const platform::Answered&)>;
  struct Waiting {
    platform::HttpRequest request;
    OnAnswer on_answer;
    bool outlives_session;  // if that is gone: waits for the next one, or else is answered
    OnEvent on_event = {};  // of a stream
  };

  template <class T>
  void send(std::string_view method, std::string path, Secret body, Then<T> then, bool outlives_session = true);
  void send(Waiting waiting);

  platform::Platform& platform_;
  std::string user_id_;
  std::map<platform::RequestId, Waiting> waiting_;
  std::vector<Waiting> refused_;  // since the session is gone
};

}  // namespace ownkey::api
