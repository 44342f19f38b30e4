// Settings › Preferences. The look follows each choice at once; it is kept with Save.
#include "web/pages/model_options.h"
#include "web/pages/pages.h"
#include "web/pages/preferences_fields.h"
#include "web/pages/shell.h"
#include "web/ui/button.h"
#include "web/ui/choice.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_look(ui::Ui& ui, PreferencesDraft& draft) {
  const ui::Card card(ui, "look", "look.heading");
  draw_card_title(ui, "look", "Look", "Wherever you sign in.");
  ui::choice(ui, {.name = "look.theme", .label = "Theme"},
             {{"system", "As my system"}, {"light", "Light"}, {"dark", "Dark"}}, draft.theme);
  ui.gap(ui::space::kField);
  ui::choice(ui, {.name = "look.text", .label = "Text size"},
             {{"100", "100 %"}, {"125", "125 %"}, {"150", "150 %"}, {"175", "175 %"}, {"200", "200 %"}},
             draft.text_percent);
  ui.gap(ui::space::kField);
  ui::choice(ui, {.name = "look.motion", .label = "Motion"}, {{"system", "As my system"}, {"reduce", "Reduced"}},
             draft.motion);
}

void draw_defaults(ui::Ui& ui, const std::vector<api::Model>* reached, PreferencesDraft& draft) {
  const ui::Card card(ui, "defaults", "defaults.heading");
  draw_card_title(ui, "defaults", "Workflows", "What new workflows start with.");
  const auto providers = provider_options("No default"),
             models = model_options(reached, draft.provider.text(), "No default");
  ui::field(
      ui,
      {.name = "defaults.provider", .label = "Default provider", .kind = ui::FieldKind::Select, .options = &providers},
      draft.provider);
  ui.gap(ui::space::kField);
  ui::field(ui,
            {.name = "defaults.model",
             .label = "Default model",
             .help = "As the provider writes it. Empty: none.",
             .options = &models,
             .options_name = "Models that your keys reach"},
            draft.model);
  ui.gap(ui::space::kField);
  ui::field(ui,
            {.name = "defaults.timeout",
             .label = "Longest time of a run, in seconds",
             .kind = ui::FieldKind::Number,
             .help = "A run that takes longer is stopped. Empty: as the server has it."},
            draft.timeout);
}

}  // namespace

void draw_preferences(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.preferences", "Preferences");
  ui.gap(ui::space::kCard);
  const state::Preferences& preferences = state.preferences;
  if (drafts.preferences.filled) {
    const ui::Form form(ui, "preferences.form");
    draw_look(ui, drafts.preferences);
    draw_defaults(ui, state.models.value(), drafts.preferences);
    if (draw_save(ui, "preferences", "preferences", preferences.form, drafts.preferences.edits()))
      actions.emplace_back(state::action::SavePreferences{});
  } else if (preferences.stored.failed()) {
    draw_load_failure(ui, preferences.stored.failure(), actions);
  } else {
    ui::skeleton(ui, preferences.stored.since_s(), 2, 200);
  }
  ui.gap(ui::space::kCard);
  const std::string shortcuts = "/shortcuts";
  if (ui::link(ui, {.name = "preferences.shortcuts", .label = "Keyboard shortcuts", .href = shortcuts}))
    actions.emplace_back(state::action::GoTo{shortcuts});
  end_page(ui);
}

}  // namespace ownkey::pages
