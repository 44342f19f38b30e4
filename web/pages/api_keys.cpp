// Settings › API Keys: one card for each provider, with all its keys and one field to add or replace them.
#include "web/pages/format.h"
#include "web/pages/key_status.h"
#include "web/pages/key_view.h"
#include "web/pages/pages.h"
#include "web/pages/paste_hint.h"
#include "web/pages/shell.h"
#include "web/ui/check_box.h"
#include "web/ui/field.h"
#include "web/ui/flow.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::KeyName;
using state::KeyWork;
using state::action::KeyWish;
using Task = KeyWork::Task;

struct KeyButton {
  KeyWish wish;
  std::string_view part, label;
  ui::Look look = ui::Look::Secondary;
  Task task = Task::None;
  std::string_view busy_label = {};
};

constexpr KeyButton kVerify{KeyWish::Verify, "verify", "Verify", ui::Look::Secondary, Task::Verifying, "Verifying"};
constexpr KeyButton kSave{KeyWish::Save, "save", "Save", ui::Look::Primary, Task::Saving, "Saving"};
constexpr KeyButton kCancel{KeyWish::CloseField, "cancel", "Cancel"};
constexpr KeyButton kOff{KeyWish::SwitchOff,  "switch",        "Switch off",
                         ui::Look::Secondary, Task::Switching, "Switching off"};
constexpr KeyButton kOn{KeyWish::SwitchOn, "switch", "Switch on", ui::Look::Secondary, Task::Switching, "Switching on"};
constexpr KeyButton kRemove{KeyWish::AskToRemove, "remove", "Remove", ui::Look::Danger};
constexpr KeyButton kReplace{KeyWish::Replace, "replace", "Replace"};
constexpr KeyButton kRename{KeyWish::AskForLabel, "rename", "Rename"};
constexpr KeyButton kMoveUp{KeyWish::MoveUp, "up", "Move up"};
constexpr KeyButton kAdd{KeyWish::Add, "add", "Add another"};
constexpr KeyButton kSaveLabel{KeyWish::Rename,   "label.save",   "Save label of",
                               ui::Look::Primary, Task::Renaming, "Saving label of"};
constexpr KeyButton kKeepLabel{KeyWish::KeepLabel, "label.keep", "Keep label of"};
constexpr KeyButton kReallyRemove{KeyWish::Remove,        "remove.yes",   "Really remove",
                                  ui::Look::DangerFilled, Task::Removing, "Removing"};
constexpr KeyButton kKeep{KeyWish::Keep, "remove.no", "Keep"};
constexpr KeyButton kUndo{KeyWish::Undo, "undo", "Undo", ui::Look::Secondary, Task::Undoing, "Undoing"};

// One card, with all that its parts need.
struct CardView {
  const api::ProviderEntry& provider;
  const state::Keys& keys;
  KeyDraft& draft;
  ui::FieldState& new_label;
  state::Actions& actions;
  std::vector<const api::Credential*> stored = keys_of(keys, provider.provider);
  std::optional<std::string> field = label_of_field(keys, provider.provider);

  KeyName key(std::string_view label = {}) const { return {provider.provider, std::string(label)}; }
  const KeyWork& work(const KeyName& key) const {
    static const KeyWork kUntouched;
    const auto found = keys.work.find(key);
    return found == keys.work.end() ? kUntouched : found->second;
  }
  // None while it runs, and none about a key that was changed since.
  const state::KeyCheck* check(const KeyName& key) const {
    const KeyWork& w = work(key);
    if (!w.check || w.task == Task::Verifying) return nullptr;
    return w.check->of_typed_key && w.check->edit != draft.edits() ? nullptr : &*w.check;
  }
  // The only key, and the field is there to replace it: the card is about nothing else.
  const api::Credential* alone() const {
    return stored.size() == 1 && field == stored.front()->label ? stored.front() : nullptr;
  }
  bool asks_for_removal(const KeyName& key) const { return work(key).removal_asked == draft.edits(); }
  void ask(KeyWish wish, KeyName key) const { actions.emplace_back(state::action::OnKey{wish, std::move(key)}); }
};

std::string host_of(std::string_view url) {
  const auto begin = url.find("://");
  url.remove_prefix(begin == std::string_view::npos ? 0 : begin + 3);
  return std::string(url.substr(0, url.find('/')));
}

// What names the button for the eye need not repeat which key it is about.
std::string_view short_label(std::string_view label) {
  return label.ends_with(" label of") ? label.substr(0, label.find(' ')) : label;
}

// A ghost does not show that it is busy, so that the row has no holes for it: the state of its key does.
void draw_button(ui::ButtonRow& row, const CardView& view, const KeyName& key, const KeyButton& button,
                 bool ghost = false) {
  const std::string id = key_id(key, button.part), name = " " + key_name(view.keys, key);
  ui::ButtonSpec spec{.name = id,
                      .label = short_label(button.label),
                      .accessible_name = std::string(button.label) + name,
                      .look = button.look,
                      .submits = button.look == ui::Look::Primary};
  if (ghost) {
    spec.look = button.look == ui::Look::Danger ? ui::Look::GhostDanger : ui::Look::Ghost;
  } else {
    spec.busy = button.task != Task::None && view.work(key).task == button.task;
    spec.busy_label = short_label(button.busy_label);
    spec.busy_accessible_name = std::string(button.busy_label) + name;
  }
  if (row.button(spec)) view.ask(button.wish, key);
}

void help_line(ui::Ui& ui, const std::string& name, std::string_view text) {
  ui::paragraph(ui, {.name = name, .text = text, .type = ui::Type::Help, .tone = ui::Tone::Muted});
}

KeyStatus status_of(const CardView& view, const api::Credential* stored, bool with_field) {
  const KeyName own = view.key(stored ? stored->label : ""), field = view.key();
  const bool typed = with_field && (view.check(field) || view.work(field).task == Task::Verifying);
  const KeyName& key = typed ? field : own;
  return key_status(stored, view.work(key).task, view.check(key));
}

void draw_title(ui::Ui& ui, const CardView& view) {
  const std::string id = key_id(view.key(), "heading");
  if (!view.alone() && !view.stored.empty()) return ui::heading(ui, 2, id, view.provider.name);
  const KeyStatus status = status_of(view, view.alone(), true);
  ui::heading_with_chip(ui, id, view.provider.name, {key_id(view.key(), "status"), status.word, status.tone});
}

// Its label where there are several, its mask, and its state.
void draw_name(ui::Ui& ui, const CardView& view, const api::Credential& stored) {
  const KeyName key = view.key(stored.label);
  const ui::TextStyle strong = ui.style(ui::Type::Strong), mono = ui.style(ui::Type::Mono);
  ui::Flow flow(ui, 22 * ui.metrics().scale, ui::space::kMedium);
  const auto put = [&](std::string_view part, const std::string& text, ui::Type type, const ui::TextStyle& style) {
    const ui::Rect rect = flow.next(ui.text().width(text, style));
    ui::line(ui, rect.x, rect.y + (rect.height - style.line_height) / 2,
             {.name = key_id(key, part), .text = text, .type = type, .tag = "span"});
  };
  if (!view.alone() || stored.label != "default") put("label", stored.label, ui::Type::Strong, strong);
  put("mask", stored.masked_key, ui::Type::Mono, mono);
  if (view.alone()) return;
  const KeyStatus status = status_of(view, &stored, false);
  ui::chip(ui, flow, {key_id(key, "status"), status.word, status.tone});
}

void draw_details(ui::Ui& ui, const CardView& view, const api::Credential& stored) {
  const KeyName key = view.key(stored.label);
  std::string text = "Saved " + day(local(ui, stored.updated_at));
  if (stored.last_used_at) text += " · used " + moment(local(ui, *stored.last_used_at));
  if (stored.last_verified_at) text += " · verified " + moment(local(ui, *stored.last_verified_at));
  if (stored.base_url) text += " · for " + *stored.base_url;
  help_line(ui, key_id(key, "saved"), text);
}

void draw_previous(ui::Ui& ui, const CardView& view, const api::Credential& stored) {
  const KeyName key = view.key(stored.label);
  const auto& previous = *stored.previous;
  const auto until = unix_time(previous.until);
  const double left = until ? static_cast<double>(*until) - ui.unix_now() : 0;
  if (left <= 0) return;
  const auto seconds = static_cast<std::int64_t>(left);
  ui.wake_in(left - static_cast<double>(seconds / 60 * 60) + .1);
  ui.gap(ui::space::kMedium);
  help_line(ui, key_id(key, "previous"),
            "The old key " + previous.masked_key + " is kept until " + time_of_day(local(ui, previous.until)) +
                ", for " + minutes(seconds) + " from now.");
  ui.gap(ui::space::kTight);
  ui::ButtonRow row(ui);
  const std::string name = key_name(view.keys, key);
  if (row.button({.name = key_id(key, kUndo.part),
                  .label = kUndo.label,
                  .accessible_name = "Undo replacing the " + name,
                  .busy = view.work(key).task == Task::Undoing,
                  .busy_label = kUndo.busy_label,
                  .busy_accessible_name = "Undoing the replacement of the " + name}))
    view.ask(KeyWish::Undo, key);
}

void draw_check(ui::Ui& ui, const CardView& view, const KeyName& key) {
  const state::KeyCheck* check = view.check(key);
  if (!check || !check->verification) return;
  ui.gap(ui::space::kMedium);
  const ui::Group list(ui, "ul", key_id(key, "check"), {{"aria-label", "Result of the check"}});
  int index = 0;
  for (const auto& [good, text] : check_lines(*check->verification))
    ui::mark_item(ui, key_id(key, "check" + std::to_string(index++)), good ? ui::Icon::Check : ui::Icon::Cross,
                  good ? ui::Tone::Success : ui::Tone::Danger, text);
  if (check->valid && check->of_typed_key)
    ui::mark_item(ui, key_id(key, "unsaved"), ui::Icon::Dash, ui::Tone::Muted, "Not saved yet");
}

std::string removal_question(const KeyWork& work, const std::string& mask) {
  const std::string question = "Remove the key " + mask + "? ";
  if (!work.uses) return question + "Workflows that use it will stop working.";
  if (work.uses->empty()) return question + "No saved workflow uses it.";
  return question + counted(static_cast<std::int64_t>(work.uses->size()), "workflow") +
         (work.uses->size() == 1 ? " uses it" : " use it") +
         " and will stop working, or run on another key of yours where it names none:";
}

void draw_removal(ui::Ui& ui, const CardView& view, const api::Credential& stored) {
  const KeyName key = view.key(stored.label);
  const KeyWork& work = view.work(key);
  ui::paragraph(ui, {.name = key_id(key, "remove.question"), .text = removal_question(work, stored.masked_key)});
  if (work.uses && !work.uses->empty()) {
    ui.gap(ui::space::kSmall);
    const ui::Group list(ui, "ul", key_id(key, "uses"), {{"aria-label", "Workflows that use the key"}});
    int index = 0;
    for (const auto& use : *work.uses)
      ui::mark_item(ui, key_id(key, "use" + std::to_string(index++)), ui::Icon::Dash, ui::Tone::Muted, use.name);
  }
  ui.gap(ui::space::kMedium);
  ui::ButtonRow row(ui);
  draw_button(row, view, key, kReallyRemove);
  draw_button(row, view, key, kKeep);
  if (ui.dismissed() && work.task != Task::Removing) view.ask(KeyWish::Keep, key);
}

void draw_rename(ui::Ui& ui, const CardView& view, const KeyName& key) {
  const ui::Form form(ui, key_id(key, "label.form"));
  ui::field(ui,
            {.name = key_id(key, "label.field"),
             .label = "New label",
             .help = "Workflows name a key by its label: lower-case letters, digits, -, _ and ."},
            view.new_label);
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  draw_button(row, view, key, kSaveLabel);
  draw_button(row, view, key, kKeepLabel);
  if (ui.dismissed()) view.ask(KeyWish::KeepLabel, key);
}

void draw_paste_hint(ui::Ui& ui, const CardView& view) {
  const auto other = seems_of(view.draft.key.text());
  if (!other || *other == view.provider.provider || view.provider.needs_base_url) return;
  const std::string name(provider_info(*other).name), id = key_id(view.key(), "hint");
  const bool vowel = std::string_view("AEIO").find(name.front()) != std::string_view::npos;
  ui.gap(ui::space::kMedium);
  if (ui::callout(ui, id, std::string("This looks like ") + (vowel ? "an " : "a ") + name + " key.", ui::Tone::Warning,
                  ui::ButtonSpec{.name = id + ".move", .label = "Use it for " + name}))
    view.ask(KeyWish::MoveTyped, view.key());
}

void draw_inputs(ui::Ui& ui, const CardView& view) {
  const KeyName key = view.key();
  const bool adds = view.field->empty();
  const std::string label = view.provider.name + " key";
  if (asks_for_label(view.keys, view.provider.provider)) {
    ui::field(ui,
              {.name = key_id(key, "new-label"),
               .label = "Label",
               .help = "Tells your keys apart: lower-case letters, digits, -, _ and .",
               .placeholder = "work"},
              view.draft.label);
    ui.gap(ui::space::kField);
  }
  if (view.provider.needs_base_url) {
    const std::string_view kept = view.alone() && view.alone()->base_url ? *view.alone()->base_url : std::string_view();
    ui::field(
        ui,
        {.name = key_id(key, "base-url"),
         .label = "Base URL",
         .help = "The key goes to this address and to no other. Whoever runs this server decides which are allowed.",
         .placeholder = kept.empty() ? "https://llm.example.com/v1" : kept},
        view.draft.base_url);
    ui.gap(ui::space::kField);
  }
  const std::string help =
      adds ? ""
           : "Enter a new key to replace " + (view.alone() ? "the saved one." : "\u201c" + *view.field + "\u201d.");
  ui::field(ui,
            {.name = key_id(key, "field"),
             .label = label,
             .kind = ui::FieldKind::Key,
             .help = help,
             .placeholder = view.provider.key_hint,
             .secret_name = label,
             .mono = true},
            view.draft.key);
  // A key is needed where there is none, and where the provider refuses the one that is there.
  const bool needed = adds || status_of(view, view.alone(), true).tone == ui::Tone::Danger;
  if (!needed || view.provider.docs_url.empty()) return;
  ui.gap(ui::space::kHair);
  const std::string where = "Get one at " + host_of(view.provider.docs_url);
  ui::link(ui, {.name = key_id(key, "docs"), .label = where, .href = view.provider.docs_url, .external = true},
           ui::Type::Help);
}

void draw_field(ui::Ui& ui, const CardView& view) {
  const KeyName field = view.key();
  const api::Credential* alone = view.alone();
  const ui::Form form(ui, key_id(field, "form"));
  draw_inputs(ui, view);
  draw_paste_hint(ui, view);
  draw_check(ui, view, view.check(field) || !alone ? field : view.key(alone->label));
  draw_failure(ui, key_id(field, "failure"), view.work(field).failure, view.draft.edits());
  if (alone) draw_failure(ui, key_id(view.key(alone->label), "failure"), view.work(view.key(alone->label)).failure);
  ui.gap(ui::space::kField);
  if (alone && view.asks_for_removal(view.key(alone->label))) return draw_removal(ui, view, *alone);
  ui::ButtonRow row(ui);
  draw_button(row, view, field, kSave);
  const bool checks_stored = alone && view.work(view.key(alone->label)).task == Task::Verifying;
  draw_button(row, view, checks_stored ? view.key(alone->label) : field, kVerify);
  if (alone) {
    draw_button(row, view, view.key(alone->label), alone->is_active ? kOff : kOn);
    draw_button(row, view, view.key(alone->label), kRemove);
  } else if (!view.stored.empty()) {
    draw_button(row, view, field, kCancel);
    if (ui.dismissed()) view.ask(KeyWish::CloseField, field);
  }
}

void draw_own_buttons(ui::Ui& ui, const CardView& view, const api::Credential& stored, bool first) {
  const KeyName key = view.key(stored.label);
  ui::ButtonRow row(ui, ui::ButtonRow::Kind::Compact);
  const auto put = [&](const KeyButton& button) { draw_button(row, view, key, button, true); };
  put(kVerify);
  put(kReplace);
  put(kRename);
  put(stored.is_active ? kOff : kOn);
  if (!first && failover_of(view.keys, view.provider.provider).enabled) put(kMoveUp);
  put(kRemove);
}

void draw_key(ui::Ui& ui, const CardView& view, const api::Credential& stored, bool first) {
  const KeyName key = view.key(stored.label);
  draw_name(ui, view, stored);
  ui.gap(ui::space::kHair);
  draw_details(ui, view, stored);
  if (stored.previous) draw_previous(ui, view, stored);
  if (stored.health == api::Health::NeedsReentry) {
    ui.gap(ui::space::kMedium);
    ui::callout(ui, key_id(key, "reentry"),
                "This key can no longer be read on this server. Enter it again to go on using it.", ui::Tone::Warning);
  }
  if (view.work(key).label_asked) {
    ui.gap(ui::space::kField);
    draw_rename(ui, view, key);
  }
  if (view.alone()) return;
  draw_check(ui, view, key);
  draw_failure(ui, key_id(key, "failure"), view.work(key).failure);
  if (view.asks_for_removal(key)) {
    ui.gap(ui::space::kField);
    draw_removal(ui, view, stored);
  } else if (!view.work(key).label_asked) {
    draw_own_buttons(ui, view, stored, first);
  }
  if (view.field != stored.label) return;
  ui.gap(ui::space::kField);
  draw_field(ui, view);
}

void draw_list(ui::Ui& ui, const CardView& view) {
  const ui::Group list(ui, "ul", key_id(view.key(), "list"));
  for (const auto* stored : view.stored) {
    const bool first = stored == view.stored.front();
    if (!first) ui::divider(ui);
    const ui::Group item(ui, "li", key_id(view.key(stored->label), "item"));
    draw_key(ui, view, *stored, first);
  }
}

void draw_failover(ui::Ui& ui, const CardView& view) {
  const bool on = failover_of(view.keys, view.provider.provider).enabled;
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

void draw_card(ui::Ui& ui, const CardView& view) {
  const ui::Card card(ui, key_id(view.key(), "card"), key_id(view.key(), "heading"));
  draw_title(ui, view);
  if (!view.stored.empty()) {
    ui.gap(view.alone() ? ui::space::kSmall : ui::space::kMedium);
    draw_list(ui, view);
  }
  const bool adds = view.field == "";
  if (adds && !view.stored.empty()) ui::divider(ui);
  else ui.gap(adds || view.alone() ? ui::space::kField : 0);
  if (adds || view.alone()) draw_field(ui, view);
  if (!adds && !view.stored.empty()) {
    if (!view.alone()) ui::divider(ui);
    ui::ButtonRow row(ui, ui::ButtonRow::Kind::Compact);
    draw_button(row, view, view.key(), kAdd, true);
    if (view.alone() && !view.work(view.key(view.alone()->label)).label_asked)
      draw_button(row, view, view.key(view.alone()->label), kRename, true);
  }
  if (view.stored.size() > 1) draw_failover(ui, view);
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
  if (keys.providers.value() && keys.credentials.value()) {
    for (const auto& provider : *keys.providers.value())
      draw_card(ui, {provider, keys, drafts.keys[provider.provider], drafts.new_label, actions});
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
