// Settings › API Keys: one card for each provider.
#include "web/pages/key_card.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {

void draw_api_keys(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.keys", "API keys");
  ui.gap(ui::space::kTight);
  ui::paragraph(
      ui, {.name = "intro",
           .text = "Your workflows run on these keys. They are kept encrypted and never shown again after saving.",
           .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  const state::Keys& keys = state.keys;
  if (keys.providers.value() && keys.credentials.value()) {
    if (keys.credentials.failed()) draw_load_failure(ui, keys.credentials.failure(), actions);
    for (const auto& provider : *keys.providers.value())
      draw_key_card(ui, {provider, keys, drafts.keys[provider.provider], drafts.new_label, actions});
  } else if (keys.providers.failed()) {
    draw_load_failure(ui, keys.providers.failure(), actions);
  } else if (keys.credentials.failed()) {
    draw_load_failure(ui, keys.credentials.failure(), actions);
  } else {
    ui::skeleton(ui, keys.credentials.since_s(), 3, 180);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
