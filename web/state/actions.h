// Actions: what pages ask for, as values. Pages add them while they are drawn; web/app carries them out afterwards.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "web/state/app_state.h"
#include "web/state/key_name.h"

namespace ownkey::state {

namespace action {

struct GoTo {
  std::string address;
};
struct LoadAgain {};  // what this page needs and did not get

struct SignIn {};
struct CreateAccount {};
struct SignOut {};
struct SignInAsOther {};  // than the person whose session has ended

// What can be done with a key, or with the field for one.
enum class KeyWish {
  Verify,
  Save,
  SwitchOn,
  SwitchOff,
  Undo,  // bring the replaced key back
  Replace,
  Add,
  CloseField,
  MoveTyped,  // to the card of the provider that it seems to be of
  AskForLabel,
  Rename,
  KeepLabel,
  AskToRemove,
  Keep,
  Remove,
  MoveUp,
  SwitchFailover,  // of all keys of the provider
};
struct OnKey {
  KeyWish wish;
  KeyName key;
};

struct SaveProfile {};
struct SavePassword {};
struct EndSession {
  std::string id;
};
struct EndOtherSessions {};
struct AskToDeleteAccount {};
struct KeepAccount {};
struct DeleteAccount {};

struct OpenTwoFactor {
  TwoFactorStep step;
};
struct SendTwoFactor {};
struct CopyRecoveryCodes {};

struct SavePreferences {};
struct ShowMoreActivity {};
struct SaveBudget {
  std::string credential_id;
};

// About workflows; all but those that make a new one are about the workflow that is shown.
enum class WorkflowTask {
  UseExample,  // which
  PickFile,
  Import,
  Rename,
  Save,
  Discard,
  AskToDelete,
  Keep,
  Delete,
  SelectNode,  // which
  AddNode,
  RemoveNode,
  Connect,
  Disconnect,  // the place of the edge
  ToggleTool,  // which
  AddInput,
  RemoveInput,  // which
  Run,
  CancelRun,
  CopyAnswer,
  ShowMoreRuns
};
struct OnWorkflow {
  WorkflowTask task;
  std::string which = {};
};

struct SwitchShortcuts {};

}  // namespace action

using Action =
    std::variant<action::GoTo, action::LoadAgain, action::SignIn, action::CreateAccount, action::SignOut,
                 action::SignInAsOther, action::OnKey, action::SaveProfile, action::SavePassword, action::EndSession,
                 action::EndOtherSessions, action::AskToDeleteAccount, action::KeepAccount, action::DeleteAccount,
                 action::OpenTwoFactor, action::SendTwoFactor, action::CopyRecoveryCodes, action::SavePreferences,
                 action::ShowMoreActivity, action::SaveBudget, action::OnWorkflow, action::SwitchShortcuts>;
using Actions = std::vector<Action>;

}  // namespace ownkey::state
