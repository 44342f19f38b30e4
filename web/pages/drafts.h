// Drafts: what people have typed and not yet sent, kept while they look at other pages. Wiped when it was sent, when
// they sign out, and when someone else signs in.
#pragma once

#include <map>
#include <string>

#include "shared/provider.h"
#include "web/ui/field_state.h"

namespace ownkey::pages {

struct LoginDraft {
  ui::FieldState email, password;
};

struct RegisterDraft {
  ui::FieldState name, email, password;
};

struct WorkflowDraft {
  bool filled = false;  // from the stored workflow
  ui::FieldState model, prompt;
};

struct Drafts {
  LoginDraft login;
  RegisterDraft sign_up;
  std::map<Provider, ui::FieldState> keys;
  std::map<std::string, WorkflowDraft> workflows;  // by id
};

}  // namespace ownkey::pages
