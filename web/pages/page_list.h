// The one list of all pages.
#pragma once

#include <string>

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

struct PageEntry {
  state::Page page;
  std::string_view title;  // of the window; a workflow's own name replaces it or follows it
  bool needs_session;
  void (*draw)(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions);
};

const PageEntry& page_entry(state::Page page);

// The window's title for what is shown.
std::string window_title(const state::AppState& state);

}  // namespace ownkey::pages
