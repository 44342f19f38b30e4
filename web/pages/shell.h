// Shell: what stands around every page of a signed-in person, and how any page says that something failed.
#pragma once

#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/field_state.h"
#include "web/ui/panel.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// Draws header and navigation, leaving the pen at the top of the main column.
void draw_shell(ui::Ui& ui, const state::AppState& state, state::Actions& actions);

// Ends the page: room below the last thing on it.
void end_page(ui::Ui& ui);

// What went wrong with a form, unless the form was edited since.
void draw_failure(ui::Ui& ui, std::string_view name, const std::optional<state::Failure>& failure,
                  std::uint32_t edits = 0);

// The heading of a card, and what it is about.
void draw_card_title(ui::Ui& ui, std::string_view name, std::string_view heading, std::string_view intro);

// A field for a password, with Show and Hide.
void draw_password(ui::Ui& ui, std::string_view name, std::string_view label, std::string_view autocomplete,
                   std::string_view help, ui::FieldState& draft);

// The end of a form: what went wrong, if anything, and the button that sends it; true when that was clicked.
bool draw_save(ui::Ui& ui, std::string_view name, std::string_view accessible_name, const state::Form& form,
               std::uint32_t edits);

// A failed load in place of the content, with a way to try again.
void draw_load_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions,
                       std::string_view name = "load-failure");

// Whether there is something to draw of what was asked for. Says so when it could not be loaded, also over an older
// state of it; else, while there is none, keeps its place with blocks of this height.
template <class T>
bool is_there(ui::Ui& ui, const state::Remote<T>& remote, int blocks, float height, state::Actions& actions,
              std::string_view name = "load-failure") {
  if (remote.failed()) draw_load_failure(ui, remote.failure(), actions, name);
  else if (!remote.value()) ui::skeleton(ui, remote.since_s(), blocks, height);
  return remote.value() != nullptr;
}

}  // namespace ownkey::pages
