// Keyboard shortcuts: what they are, and a way to switch those of a single key off, as whoever speaks to their computer
// may need (WCAG 2.2, 2.1.4).
#include "web/pages/shortcuts.h"

#include <string>

#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_key(ui::Ui& ui, std::string_view key, std::string_view what) {
  const std::string name = "key." + std::string(key);
  const ui::Group item(ui, "li", name);
  ui::Pen& pen = ui.pen();
  const float line = ui.style(ui::Type::Body).line_height, indent = 120 * ui.metrics().scale;
  ui::line(ui, pen.x, pen.y, {.name = name + ".key", .text = key, .type = ui::Type::Strong, .tag = "span"});
  pen = {pen.x + indent, pen.y, pen.width - indent};
  ui::paragraph(ui, {.name = name + ".what", .text = what, .tag = "span"});
  pen = {pen.x - indent, pen.y + line / 2, pen.width + indent};
}

}  // namespace

const std::vector<Shortcut>& shortcuts() {
  static const std::vector<Shortcut> all{
      {"?", "/shortcuts", "This page"},
      {"w", "/workflows", "Workflows"},
      {"n", "/workflows/new", "New workflow"},
      {"k", "/settings/keys", "API keys"},
  };
  return all;
}

void draw_shortcuts(ui::Ui& ui, const state::AppState& state, Drafts&, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.shortcuts", "Keyboard shortcuts");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro",
                     .text = "Single keys work while no field has the focus. Tab and Enter reach everything else.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  {
    const ui::Card card(ui, "keys", "keys.heading");
    ui::heading(ui, 2, "keys.heading", "Keys");
    ui.gap(ui::space::kField);
    {
      const ui::Group list(ui, "ul", "keys.list");
      for (const auto& shortcut : shortcuts()) draw_key(ui, shortcut.key, shortcut.what);
      draw_key(ui, "Ctrl+Enter", "Run the workflow, from one of its fields");
      draw_key(ui, "Ctrl+S", "Save the workflow that is edited");
      draw_key(ui, "Esc", "Take a question back");
    }
    ui.gap(ui::space::kSmall);
    ui::ButtonRow row(ui);
    if (row.button(
            {.name = "keys.switch", .label = state.shortcuts ? "Switch single keys off" : "Switch single keys on"}))
      actions.emplace_back(state::action::SwitchShortcuts{});
  }
  end_page(ui);
}

}  // namespace ownkey::pages
