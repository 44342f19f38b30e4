// The field of a key card: what is typed to add a key or to replace one.
#include "web/pages/format.h"
#include "web/pages/key_buttons.h"
#include "web/pages/paste_hint.h"
#include "web/pages/shell.h"
#include "web/ui/field.h"
#include "web/ui/panel.h"

namespace ownkey::pages {

using state::KeyName;

namespace {

std::string host_of(std::string_view url) {
  const auto begin = url.find("://");
  url.remove_prefix(begin == std::string_view::npos ? 0 : begin + 3);
  return std::string(url.substr(0, url.find('/')));
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
  if (adds && !view.stored.empty()) {
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
  const bool needed = adds || view.status(view.alone(), true).tone == ui::Tone::Danger;
  if (!needed || view.provider.docs_url.empty()) return;
  ui.gap(ui::space::kHair);
  const std::string where = "Get one at " + host_of(view.provider.docs_url);
  ui::link(ui, {.name = key_id(key, "docs"), .label = where, .href = view.provider.docs_url, .external = true},
           ui::Type::Help);
}

}  // namespace

void draw_key_field(ui::Ui& ui, const CardView& view) {
  const KeyName field = view.key();
  const api::Credential* alone = view.alone();
  const ui::Form form(ui, key_id(field, "form"));
  draw_inputs(ui, view);
  draw_paste_hint(ui, view);
  draw_key_check(ui, view, view.check(field) || !alone ? field : view.key(alone->label));
  draw_failure(ui, key_id(field, "failure"), view.work(field).failure, view.draft.edits());
  if (alone) draw_failure(ui, key_id(view.key(alone->label), "failure"), view.work(view.key(alone->label)).failure);
  ui.gap(ui::space::kField);
  if (alone && view.asks_for_removal(view.key(alone->label))) return draw_key_removal(ui, view, *alone);
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

}  // namespace ownkey::pages
