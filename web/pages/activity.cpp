// Settings › Activity: what was done with the account, newest first.
#include "web/pages/audit_sentence.h"
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_entry(ui::Ui& ui, const api::AuditEntry& entry, bool first) {
  constexpr float kMark = 16, kRoom = kMark + ui::space::kMedium;
  if (!first) ui::divider(ui);
  const std::string id = "activity." + std::to_string(entry.sequence);
  const ui::Group item(ui, "li", id);
  const bool good = entry.result == "success";
  ui::Pen& pen = ui.pen();
  ui::icon(ui, good ? ui::Icon::Check : ui::Icon::Cross, pen.x,
           pen.y + (ui.style(ui::Type::Strong).line_height - kMark) / 2, kMark,
           ink(ui.theme(), good ? ui::Tone::Success : ui::Tone::Danger));
  pen = {pen.x + kRoom, pen.y, pen.width - kRoom};
  ui::paragraph(ui, {.name = id + ".what",
                     .text = audit_sentence(entry),
                     .type = ui::Type::Strong,
                     .tone = good ? ui::Tone::Plain : ui::Tone::Danger});
  ui::paragraph(ui, {.name = id + ".where",
                     .text = moment(local(ui, entry.at)) + " · " + audit_origin(entry),
                     .type = ui::Type::Help,
                     .tone = ui::Tone::Muted});
  pen = {pen.x - kRoom, pen.y, pen.width + kRoom};
}

void draw_entries(ui::Ui& ui, const state::Activity& activity, state::Actions& actions) {
  const ui::Card card(ui, "activity", "title.activity");
  {
    const ui::Group list(ui, "ul", "activity.list");
    bool first = true;
    for (const auto& entry : *activity.entries.value()) draw_entry(ui, entry, std::exchange(first, false));
  }
  draw_failure(ui, "activity.failure", activity.failure);
  if (activity.all) return;
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button(
          {.name = "activity.more", .label = "Show more", .busy = activity.loading_more, .busy_label = "Loading"}))
    actions.emplace_back(state::action::ShowMoreActivity{});
}

}  // namespace

void draw_activity(ui::Ui& ui, const state::AppState& state, Drafts&, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.activity", "Activity");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro",
                     .text = "What was done with your account. If something here was not you, change your password.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  const auto& entries = state.activity.entries;
  if (is_there(ui, entries, 3, 60, actions)) draw_entries(ui, state.activity, actions);
  end_page(ui);
}

}  // namespace ownkey::pages
