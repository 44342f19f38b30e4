// AppState: all that the pages show, as plain data. Only web/app changes it. What people are typing is not here but in
// the pages' drafts; keys and passwords never are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
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
#include "web/state/key_name.h"
#include "web/state/remote.h"
#include "web/state/route.h"
#include "web/state/run.h"

namespace ownkey::state {

struct Session {
  // Ended: not by the person. What they did is still there, and they are asked to sign in again over it.
  enum class Phase { Unknown, Unreachable, SignedOut, Ended, SignedIn };
  Phase phase = Phase::Unknown;
  double since_s = 0;
  Failure failure = {};  // why the server could not be asked
  api::User user;
  float ended_at_y = 0;  // where the view began then
};

// A form that is sent: signing in, or one of the account's.
struct Form {
  bool busy = false;
  std::optional<Failure> failure = {};  // that no field is to blame for
};

// The last check of a key in this sitting.
struct KeyCheck {
  bool valid = false;
  bool rejected = false;      // by the provider; false also when it could not be asked
  bool of_typed_key = false;  // else of the stored one
  std::uint32_t edit = 0;     // which state of the field that was
  std::optional<api::Verification> verification;
};

// What goes on with one key.
struct KeyWork {
  enum class Task { None, Verifying, Saving, Switching, Undoing, Renaming, Removing };
  Task task = Task::None;
  std::uint32_t check_awaited = 0;  // the number of the check that is under way: only its answer counts
  bool label_asked = false;
  std::optional<std::uint32_t> removal_asked = {};  // at which state of the field: typing takes the question back
  std::optional<std::vector<api::CredentialUse>> uses = {};  // of the key that may be removed, once they are known
  std::optional<KeyCheck> check = {};
  std::optional<Failure> failure = {};  // that is not about the typed key
};

struct Keys {
  Remote<std::vector<api::ProviderEntry>> providers;
  Remote<std::vector<api::Credential>> credentials;
  Remote<api::FailoverSettings> failover;
  std::map<KeyName, KeyWork> work;
  // What the field of a provider is opened for: the label of the key to replace, or empty to add one.
  std::map<Provider, std::string> fields;
};

// What is asked for on the way to a second factor, or away from it.
enum class TwoFactorStep { None, SetUp, Scan, ShowCodes, Renew, SwitchOff };

struct TwoFactor {
  Remote<api::TwoFactorState> known;
  TwoFactorStep step = TwoFactorStep::None;
  std::vector<std::string> qr;  // rows of '0' and '1'; its secret, and the recovery codes, are with the drafts
  Form form;
};

struct Account {
  Form profile, password, sessions, deletion;
  Remote<std::vector<api::SessionEntry>> list;  // of the sessions
  std::string ending;                           // the id of the session that is being ended; empty: of all others
  bool deletion_asked = false;
  TwoFactor two_factor;
};

struct Preferences {
  Remote<api::Preferences> stored;
  Form form;
};

struct Activity {
  Remote<std::vector<api::AuditEntry>> entries;
  bool loading_more = false, all = false;
  std::optional<Failure> failure;  // of loading more
};

struct Usage {
  Remote<api::UsageReport> days, models, keys;
  Remote<std::vector<api::Budget>> budgets;
  Form form;                  // of the budgets
  std::string credential_id;  // whose budget is or was saved
};

struct OpenWorkflow {
  Remote<api::Workflow> workflow;
  Remote<std::vector<api::RunSummary>> runs;  // the newest
  bool more_runs = false;                     // there are older ones
  Form starting;                              // a run
  bool saving = false;
  std::optional<Failure> failure;               // of saving
  std::optional<std::uint32_t> deletion_asked;  // at which state of the form: typing takes the question back
  Form deletion;
};

struct Workflows {
  Remote<std::vector<api::Workflow>> list;
  Remote<std::vector<api::ExampleWorkflow>> examples;
  Remote<std::vector<api::ToolEntry>> tools;
  std::string creating;                      // from which example, or "import"; empty: nothing
  std::optional<Failure> failure;            // of creating
  std::map<std::string, OpenWorkflow> open;  // by id; kept, so that coming back shows what was there
  std::map<std::string, Run> runs;           // by id, too
};

struct AppState {
  Route route;
  Session session;
  Form entry;                  // signing in and signing up
  bool asks_for_code = false;  // at sign-in: the password was right
  Keys keys;
  Remote<std::vector<api::Model>> models;  // that the person's keys reach
  Account account;
  Preferences preferences;
  Activity activity;
  Usage usage;
  Workflows workflows;
  bool online = true;
  bool shortcuts = true;  // of a single key: whoever speaks to their computer may want them off (WCAG 2.2, 2.1.4)
};

// For when the server has answered again: takes back what was said of not reaching it.
void forget_unreachable(AppState& state);

}  // namespace ownkey::state
