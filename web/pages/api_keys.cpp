// Settings › API Keys: one card for each provider.
#include <algorithm>

#include "web/pages/format.h"
#include "web/pages/key_status.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/field.h"
#include "web/ui/flow.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::KeyCard;

// One card, with all that its parts need.
struct CardView {
  const api::ProviderEntry& provider;
  const api::Credential* stored;
  const KeyCard& card;
  ui::FieldState& draft;
  state::Actions& actions;

  std::string id(std::string_view part = {}) const {
    return "key." + std::string(name_of(provider.provider)) + (part.empty() ? "" : "." + std::string(part));
  }
  // None while it runs, and none about a key that was changed since.
  const state::KeyCheck* check() const {
    if (!card.check || card.task == KeyCard::Task::Verifying) return nullptr;
    return card.check->of_typed_key && card.check->edit != draft.edits() ? nullptr : &*card.check;
  }
  KeyStatus status() const { return key_status(stored, card.task, check()); }
  bool asks_for_removal() const { return stored && card.removal_asked == draft.edits(); }
  std::string key_name() const { return provider.name + " key"; }
};

std::string host_of(std::string_view url) {
  const auto begin = url.find("://");
  url.remove_prefix(begin == std::string_view::npos ? 0 : begin + 3);
  return std::string(url.substr(0, url.find('/')));
}

void draw_title(ui::Ui& ui, const CardView& view) {
  const KeyStatus status = view.status();
  ui::heading_with_chip(ui, view.id("heading"), view.provider.name, {view.id("status"), status.word, status.tone});
}

void draw_mask(ui::Ui& ui, const CardView& view) {
  const ui::TextStyle mono = ui.style(ui::Type::Mono), help = ui.style(ui::Type::Help);
  const std::string& mask = view.stored->masked_key;
  const std::string saved = "saved " + day(view.stored->updated_at);
  ui::Flow flow(ui, mono.line_height, ui::space::kSmall);
  const ui::Rect left = flow.next(ui.text().width(mask, mono));
  ui::line(ui, left.x, left.y, {.name = view.id("mask"), .text = mask, .type = ui::Type::Mono, .tag = "span"});
  const ui::Rect right = flow.next(ui.text().width(saved, help));
  ui::line(ui, right.x, right.y,
           {.name = view.id("saved"), .text = saved, .type = ui::Type::Help, .tone = ui::Tone::Muted, .tag = "span"});
}

void draw_previous(ui::Ui& ui, const CardView& view) {
  const auto& previous = *view.stored->previous;
  const std::string text = "The old key " + previous.masked_key + " is kept until " + time_of_day(previous.until) + ".";
  ui.gap(ui::space::kMedium);
  ui::paragraph(ui, {.name = view.id("previous"), .text = text, .type = ui::Type::Help, .tone = ui::Tone::Muted});
  ui.gap(ui::space::kTight);
  ui::ButtonRow row(ui);
  if (row.button({.name = view.id("undo"),
                  .label = "Undo",
                  .accessible_name = "Undo replacing the " + view.key_name(),
                  .busy = view.card.task == KeyCard::Task::Undoing,
                  .busy_label = "Undoing",
                  .busy_accessible_name = "Undoing the replacement of the " + view.key_name()}))
    view.actions.emplace_back(state::action::UndoReplacingKey{view.provider.provider});
}

void draw_stored(ui::Ui& ui, const CardView& view) {
  if (!view.stored) return;
  ui.gap(ui::space::kSmall);
  draw_mask(ui, view);
  if (view.stored->previous) draw_previous(ui, view);
  if (view.stored->health != api::Health::NeedsReentry) return;
  ui.gap(ui::space::kMedium);
  ui::callout(ui, view.id("reentry"),
              "This key can no longer be read on this server. Enter it again to go on using it.", ui::Tone::Warning);
}

void draw_key_field(ui::Ui& ui, const CardView& view) {
  const std::string label = view.key_name();
  const std::string help = view.stored ? "Enter a new key to replace the saved one." : "";
  ui::field(ui,
            {.name = view.id("field"),
             .label = label,
             .kind = ui::FieldKind::Key,
             .help = help,
             .placeholder = view.provider.key_hint,
             .secret_name = label,
             .mono = true},
            view.draft);
  // A key is needed where there is none, and where the provider refuses the one that is there.
  const bool needed = !view.stored || view.status().tone == ui::Tone::Danger;
  if (!needed || view.provider.docs_url.empty()) return;
  ui.gap(ui::space::kHair);
  const std::string where = "Get one at " + host_of(view.provider.docs_url);
  ui::link(ui, {.name = view.id("docs"), .label = where, .href = view.provider.docs_url, .external = true},
           ui::Type::Help);
}

void draw_check(ui::Ui& ui, const CardView& view) {
  if (!view.check() || !view.check()->verification) return;
  const auto& check = *view.check();
  ui.gap(ui::space::kMedium);
  const ui::Group list(ui, "ul", view.id("check"), {{"aria-label", "Result of the check"}});
  int index = 0;
  for (const auto& [good, text] : check_lines(*check.verification))
    ui::mark_item(ui, view.id("check" + std::to_string(index++)), good ? ui::Icon::Check : ui::Icon::Cross,
                  good ? ui::Tone::Success : ui::Tone::Danger, text);
  if (check.valid && check.of_typed_key)
    ui::mark_item(ui, view.id("unsaved"), ui::Icon::Dash, ui::Tone::Muted, "Not saved yet");
}

void draw_uses(ui::Ui& ui, const CardView& view) {
  if (!view.card.uses || view.card.uses->empty()) return;
  ui.gap(ui::space::kSmall);
  const ui::Group list(ui, "ul", view.id("uses"), {{"aria-label", "Workflows that use the key"}});
  int index = 0;
  for (const auto& use : *view.card.uses)
    ui::mark_item(ui, view.id("use" + std::to_string(index++)), ui::Icon::Dash, ui::Tone::Muted, use.name);
}

std::string removal_question(const CardView& view) {
  const std::string question = "Remove the key " + view.stored->masked_key + "? ";
  if (!view.card.uses) return question + "Workflows that use it will stop working.";
  if (view.card.uses->empty()) return question + "No saved workflow uses it.";
  return question + counted(static_cast<std::int64_t>(view.card.uses->size()), "workflow") +
         (view.card.uses->size() == 1 ? " uses it" : " use it") +
         " and will stop working, or run on another key of yours where it names none:";
}

void draw_removal(ui::Ui& ui, const CardView& view) {
  const Provider provider = view.provider.provider;
  ui::paragraph(ui, {.name = view.id("remove.question"), .text = removal_question(view)});
  draw_uses(ui, view);
  ui.gap(ui::space::kMedium);
  ui::ButtonRow row(ui);
  const bool busy = view.card.task == KeyCard::Task::Removing;
  if (row.button({.name = view.id("remove.yes"),
                  .label = "Really remove",
                  .accessible_name = "Really remove " + view.key_name(),
                  .look = ui::Look::DangerFilled,
                  .busy = busy,
                  .busy_label = "Removing",
                  .busy_accessible_name = "Removing " + view.key_name()}))
    view.actions.emplace_back(state::action::RemoveKey{provider});
  const bool kept =
      row.button({.name = view.id("remove.no"), .label = "Keep", .accessible_name = "Keep " + view.key_name()});
  if (kept || (ui.dismissed() && !busy)) view.actions.emplace_back(state::action::KeepKey{provider});
}

void draw_switch(ui::ButtonRow& row, const CardView& view) {
  const bool is_on = view.stored->is_active;
  const std::string_view label = is_on ? "Switch off" : "Switch on", busy = is_on ? "Switching off" : "Switching on";
  if (row.button({.name = view.id("switch"),
                  .label = label,
                  .accessible_name = std::string(label) + " " + view.key_name(),
                  .busy = view.card.task == KeyCard::Task::Switching,
                  .busy_label = busy,
                  .busy_accessible_name = std::string(busy) + " " + view.key_name()}))
    view.actions.emplace_back(state::action::SwitchKey{view.provider.provider, !is_on});
}

void draw_buttons(ui::Ui& ui, const CardView& view) {
  const Provider provider = view.provider.provider;
  ui::ButtonRow row(ui);
  if (row.button({.name = view.id("save"),
                  .label = "Save",
                  .accessible_name = "Save " + view.key_name(),
                  .look = ui::Look::Primary,
                  .submits = true,
                  .busy = view.card.task == KeyCard::Task::Saving,
                  .busy_label = "Saving",
                  .busy_accessible_name = "Saving " + view.key_name()}))
    view.actions.emplace_back(state::action::SaveKey{provider});
  if (row.button({.name = view.id("verify"),
                  .label = "Verify",
                  .accessible_name = "Verify " + view.key_name(),
                  .busy = view.card.task == KeyCard::Task::Verifying,
                  .busy_label = "Verifying",
                  .busy_accessible_name = "Verifying " + view.key_name()}))
    view.actions.emplace_back(state::action::VerifyKey{provider});
  if (view.stored) draw_switch(row, view);
  if (view.stored && row.button({.name = view.id("remove"),
                                 .label = "Remove",
                                 .accessible_name = "Remove " + view.key_name(),
                                 .look = ui::Look::Danger}))
    view.actions.emplace_back(state::action::AskToRemoveKey{provider});
}

void draw_card(ui::Ui& ui, const CardView& view) {
  const ui::Card card(ui, view.id(), view.id("heading"));
  draw_title(ui, view);
  draw_stored(ui, view);
  ui.gap(ui::space::kField);
  const ui::Form form(ui, view.id("form"));
  draw_key_field(ui, view);
  draw_check(ui, view);
  draw_failure(ui, view.id("failure"), view.card.failure, view.draft.edits());
  ui.gap(ui::space::kField);
  if (view.asks_for_removal()) draw_removal(ui, view);
  else draw_buttons(ui, view);
}

void draw_cards(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  static const KeyCard kUntouched;
  const auto& stored = *state.keys.credentials.value();
  for (const auto& provider : *state.keys.providers.value()) {
    if (provider.needs_base_url) continue;
    const auto found = std::find_if(stored.begin(), stored.end(),
                                    [&](const auto& entry) { return entry.provider == provider.provider; });
    const auto card = state.keys.cards.find(provider.provider);
    draw_card(ui,
              {provider, found == stored.end() ? nullptr : &*found,
               card == state.keys.cards.end() ? kUntouched : card->second, drafts.keys[provider.provider], actions});
  }
}

}  // namespace

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
  if (keys.providers.value() && keys.credentials.value()) draw_cards(ui, state, drafts, actions);
  else if (keys.providers.failed()) draw_load_failure(ui, keys.providers.failure(), actions);
  else if (keys.credentials.failed()) draw_load_failure(ui, keys.credentials.failure(), actions);
  else ui::skeleton(ui, keys.credentials.since_s(), 3, 180);
  end_page(ui);
}

}  // namespace ownkey::pages
