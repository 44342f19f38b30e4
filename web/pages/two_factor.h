// The card about the second factor on the account page.
#pragma once

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

void draw_two_factor(ui::Ui& ui, const state::TwoFactor& two_factor, TwoFactorDraft& draft, state::Actions& actions);

}  // namespace ownkey::pages
