// A stored key on its card: what is known of it, and what can be done with it.
#include "web/pages/format.h"
#include "web/pages/key_buttons.h"
#include "web/pages/shell.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {

using state::KeyName;
using state::KeyWork;

namespace {

void help_line(ui::Ui& ui, const std::string& name, std::string_view text) {
  ui::paragraph(ui, {.name = name, .text = text, .type = ui::Type::Help, .tone = ui::Tone::Muted});
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
  const KeyStatus status = view.status(&stored, false);
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
  ui.gap(ui::space::kSmall);
  const std::string name = key_name(view.keys, key);
  std::optional<ui::ButtonRow> row(std::in_place, ui);
  if (row->button({.name = key_id(key, kUndo.part),
                   .label = kUndo.label,
                   .accessible_name = "Undo replacing the " + name,
                   .busy = view.work(key).task == Task::Undoing,
                   .busy_label = kUndo.busy_label,
                   .busy_accessible_name = "Undoing the replacement of the " + name}))
    view.ask(KeyWish::Undo, key);
  row.reset();
  if (!view.alone()) ui.gap(ui::space::kSmall);
}

std::string removal_question(const KeyWork& work, const std::string& mask) {
  const std::string question = "Remove the key " + mask + "? ";
  if (!work.uses) return question + "Workflows that use it will stop working.";
  if (work.uses->empty()) return question + "No saved workflow uses it.";
  return question + counted(static_cast<std::int64_t>(work.uses->size()), "workflow") +
         (work.uses->size() == 1 ? " uses it" : " use it") +
         " and will stop working, or run on another key of yours where it names none:";
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

void draw_own_buttons(ui::Ui& ui, const CardView& view, const api::Credential& stored, bool first) {
  const KeyName key = view.key(stored.label);
  ui::ButtonRow row(ui, ui::ButtonRow::Kind::Compact);
  const auto put = [&](const KeyButton& button) { draw_button(row, view, key, button, true); };
  put(kVerify);
  put(kReplace);
  put(kRename);
  put(stored.is_active ? kOff : kOn);
  if (!first && view.fails_over) put(kMoveUp);
  put(kRemove);
}

}  // namespace

void draw_key_check(ui::Ui& ui, const CardView& view, const KeyName& key) {
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

void draw_key_removal(ui::Ui& ui, const CardView& view, const api::Credential& stored) {
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

void draw_stored_key(ui::Ui& ui, const CardView& view, const api::Credential& stored, bool first) {
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
  draw_key_check(ui, view, key);
  draw_failure(ui, key_id(key, "failure"), view.work(key).failure);
  if (view.asks_for_removal(key)) {
    ui.gap(ui::space::kField);
    draw_key_removal(ui, view, stored);
  } else if (!view.work(key).label_asked) {
    draw_own_buttons(ui, view, stored, first);
  }
  if (view.field != stored.label) return;
  ui.gap(ui::space::kField);
  draw_key_field(ui, view);
}

}  // namespace ownkey::pages
