// The form to sign in with, wherever it stands.
#pragma once

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// The same person again: the e-mail address is there to read, and for the password manager.
enum class WhoSignsIn { Anybody, SamePerson };

void draw_login_form(ui::Ui& ui, const state::AppState& state, LoginDraft& draft, WhoSignsIn who,
                     state::Actions& actions);

}  // namespace ownkey::pages
