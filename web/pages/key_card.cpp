#include "web/pages/key_card.h"

#include "web/pages/key_buttons.h"
#include "web/ui/check_box.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {

using state::KeyName;
using state::KeyWork;

const KeyWork& CardView::work(const KeyName& key) const {
  static const KeyWork kUntouched;
  const auto found = keys.work.find(key);
  return found == keys.work.end() ? kUntouched : found->second;
}

const state::KeyCheck* CardView::check(const KeyName& key) const {
  const KeyWork& w = work(key);
  if (!w.check || w.task == Task::Verifying) return nullptr;
  return w.check->of_typed_key && w.check->edit != draft.edits() ? nullptr : &*w.check;
}

const api::Credential* CardView::alone() const {
  return stored.size() == 1 && field == stored.front()->label ? stored.front() : nullptr;
}

KeyStatus CardView::status(const api::Credential* of, bool with_field) const {
  const KeyName own = key(of ? of->label : ""), typed = key();
  const KeyName& name = with_field && (check(typed) || work(typed).task == Task::Verifying) ? typed : own;
  return key_status(of, work(name).task, check(name));
}

void CardView::ask(KeyWish wish, KeyName key) const {
  actions.emplace_back(state::action::OnKey{wish, std::move(key)});
}

namespace {

void draw_title(ui::Ui& ui, const CardView& view) {
  const std::string id = key_id(view.key(), "heading");
  if (!view.alone() && !view.stored.empty()) return ui::heading(ui, 2, id, view.provider.name);
  const KeyStatus status = view.status(view.alone(), true);
  ui::heading_with_chip(ui, id, view.provider.name, {key_id(view.key(), "status"), status.word, status.tone});
}

void draw_list(ui::Ui& ui, const CardView& view) {
  const ui::Group list(ui, "ul", key_id(view.key(), "list"));
  for (const auto* stored : view.stored) {
    const bool first = stored == view.stored.front();
    if (!first) ui::divider(ui);
    const ui::Group item(ui, "li", key_id(view.key(stored->label), "item"));
    draw_stored_key(ui, view, *stored, first);
  }
}

void draw_failover(ui::Ui& ui, const CardView& view) {
  const bool on = view.fails_over;
  ui.gap(ui::space::kSmall);
  if (ui::check_box(ui,
                    {.name = key_id(view.key(), "failover"),
                     .label = "Use the next key when one fails",
                     .help = on ? "In the order above, when a key is rate-limited, out of credit or rejected."
                                : "Off: a workflow fails when the key that it runs on is rate-limited, out of credit "
                                  "or rejected.",
                     .checked = on}))
    view.ask(KeyWish::SwitchFailover, view.key());
}

}  // namespace

void draw_key_card(ui::Ui& ui, const CardView& view) {
  if (!view.provider.available && view.stored.empty()) return;
  const ui::Card card(ui, key_id(view.key(), "card"), key_id(view.key(), "heading"));
  draw_title(ui, view);
  if (!view.provider.available) {
    ui.gap(ui::space::kSmall);
    ui::callout(ui, key_id(view.key(), "unavailable"),
                "This server allows no such services any more. Ask whoever runs it, or remove the key.",
                ui::Tone::Warning);
  }
  if (!view.stored.empty()) {
    ui.gap(view.alone() ? ui::space::kSmall : ui::space::kMedium);
    draw_list(ui, view);
  }
  const bool adds = view.field == "";
  if (adds && !view.stored.empty()) ui::divider(ui);
  else ui.gap(adds || view.alone() ? ui::space::kField : 0);
  if (adds || view.alone()) draw_key_field(ui, view);
  const bool asks = view.alone() && view.asks_for_removal(view.key(view.alone()->label));
  if (!adds && !asks && !view.stored.empty()) {
    if (!view.alone()) ui::divider(ui);
    ui::ButtonRow row(ui, ui::ButtonRow::Kind::Compact);
    draw_button(row, view, view.key(), kAdd, true);
    if (view.alone() && !view.work(view.key(view.alone()->label)).label_asked)
      draw_button(row, view, view.key(view.alone()->label), kRename, true);
  }
  if (view.stored.size() > 1) draw_failover(ui, view);
}

}  // namespace ownkey::pages
