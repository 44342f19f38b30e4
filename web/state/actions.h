// Actions: what pages ask for, as values. Pages add them while they are drawn; web/app carries them out afterwards.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "shared/provider.h"

namespace ownkey::state {

namespace action {

struct GoTo {
  std::string address;
};
struct LoadAgain {};  // what this page needs and did not get

struct SignIn {};
struct CreateAccount {};
struct SignOut {};

struct VerifyKey {
  Provider provider;
};
struct SaveKey {
  Provider provider;
};
struct SwitchKey {
  Provider provider;
  bool on;
};
struct UndoReplacingKey {
  Provider provider;
};
struct AskToRemoveKey {
  Provider provider;
};
struct KeepKey {
  Provider provider;
};
struct RemoveKey {
  Provider provider;
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

// About workflows; all but those that make a new one are about the workflow that is shown.
enum class WorkflowTask {
  UseExample,  // which
  PickFile,
  Import,
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
                 action::VerifyKey, action::SaveKey, action::SwitchKey, action::UndoReplacingKey,
                 action::AskToRemoveKey, action::KeepKey, action::RemoveKey, action::SaveProfile, action::SavePassword,
                 action::EndSession, action::EndOtherSessions, action::AskToDeleteAccount, action::KeepAccount,
                 action::DeleteAccount, action::OnWorkflow, action::SwitchShortcuts>;
using Actions = std::vector<Action>;

}  // namespace ownkey::state
