// Settings › Usage: the tokens of the last thirty days, and how many each key may use in a month.
#include <algorithm>

#include "web/pages/format.h"
#include "web/pages/key_view.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/choice.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"
#include "web/ui/plot.h"
#include "web/ui/progress.h"
#include "web/ui/table.h"

namespace ownkey::pages {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

std::int64_t day_number(std::string_view date) {
  return unix_time(std::string(date) + "T00:00:00Z").value_or(0) / kDaySeconds;
}

std::int64_t tokens_of(const api::UsageEntry& entry) { return entry.input_tokens + entry.output_tokens; }

void draw_plot(ui::Ui& ui, const api::UsageReport& report) {
  const std::int64_t first = day_number(report.from), last = day_number(report.to);
  std::vector<ui::Bar> days(static_cast<std::size_t>(std::clamp<std::int64_t>(last - first + 1, 1, 400)));
  const api::UsageEntry* most = nullptr;
  for (const auto& entry : report.entries) {
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(day_number(entry.key) - first, 0));
    if (at >= days.size()) continue;
    days[at] = {static_cast<float>(entry.input_tokens), static_cast<float>(entry.output_tokens)};
    if (!most || tokens_of(entry) > tokens_of(*most)) most = &entry;
  }
  const std::string top = most ? grouped(tokens_of(*most)) + " tokens" : "";
  const std::string label = "Tokens of each day from " + day(report.from) + " to " + day(report.to) +
                            (most ? ". The most was on " + day(most->key) + ": " + top + "." : ".");
  ui::bars(ui, {"usage.plot", label, top, day(report.from), day(report.to)}, days);
  ui.gap(ui::space::kSmall);
  ui::bars_legend(ui, "usage.legend", "Input tokens", "Output tokens");
}

std::string name_of_entry(const api::UsageEntry& entry, api::UsageGroup group) {
  if (group == api::UsageGroup::Day) return day(entry.key);
  if (group == api::UsageGroup::Model) return entry.key;
  if (entry.key == "system") return "The server's key";
  const std::string provider = entry.provider ? std::string(provider_info(*entry.provider).name) + " " : "";
  return provider + entry.name.value_or("(removed key)");
}

void draw_table(ui::Ui& ui, const api::UsageReport& report) {
  const bool narrow = ui.narrow();
  const auto number = [&](std::int64_t value) { return narrow ? compact(value) : grouped(value); };
  const std::string_view heads[] = {"Day", "Model", "Key"};
  std::vector<ui::TableRow> rows{
      {std::string(heads[static_cast<std::size_t>(report.group_by)]), "Calls", "Input", "Output"}};
  for (const auto& entry : report.entries)
    rows.push_back({name_of_entry(entry, report.group_by), number(entry.calls), number(entry.input_tokens),
                    number(entry.output_tokens)});
  // The newest day first; of the others the one that took the most.
  if (report.group_by == api::UsageGroup::Day) std::reverse(rows.begin() + 1, rows.end());
  ui::table(ui, "usage.table", "Tokens by " + std::string(name_of(report.group_by)), rows);
}

const state::Remote<api::UsageReport>& report_of(const state::Usage& usage, std::string_view group) {
  return group == "model" ? usage.models : group == "credential" ? usage.keys : usage.days;
}

// It is most likely the same for all of them.
const state::Failure* first_failure(const state::Usage& usage, std::string_view group) {
  if (usage.days.failed()) return &usage.days.failure();
  if (report_of(usage, group).failed()) return &report_of(usage, group).failure();
  return usage.budgets.failed() ? &usage.budgets.failure() : nullptr;
}

void draw_tokens(ui::Ui& ui, const state::Usage& usage, ui::FieldState& group) {
  const api::UsageReport& days = *usage.days.value();
  const ui::Card card(ui, "usage", "usage.heading");
  draw_card_title(ui, "usage", "Tokens",
                  grouped(days.total.input_tokens + days.total.output_tokens) + " in " +
                      counted(days.total.calls, "call") + " since " + day(days.from) + ". Days are UTC.");
  if (days.entries.empty()) {
    ui::paragraph(
        ui, {.name = "usage.none", .text = "Nothing was used yet. Run a workflow, and its tokens are counted here."});
    return;
  }
  draw_plot(ui, days);
  ui.gap(ui::space::kCard);
  if (group.empty()) group.set("day");
  ui::choice(ui, {.name = "usage.by", .label = "Show by"}, {{"day", "Day"}, {"model", "Model"}, {"credential", "Key"}},
             group);
  ui.gap(ui::space::kMedium);
  const auto& shown = report_of(usage, group.text());
  if (shown.value()) draw_table(ui, *shown.value());
  else if (!shown.failed()) ui::skeleton(ui, shown.since_s(), 1, 100);
}

void draw_budget(ui::Ui& ui, const state::Usage& usage, const api::Budget& budget, ui::FieldState& draft,
                 state::Actions& actions) {
  const std::string id = "budget." + budget.credential_id;
  const std::string name =
      std::string(provider_info(budget.provider).name) + " key" + (budget.label == "default" ? "" : " " + budget.label);
  const ui::Form form(ui, id + ".form");
  const std::string help = grouped(budget.used_tokens) +
                           (budget.monthly_tokens ? " of " + grouped(*budget.monthly_tokens) : std::string()) +
                           " tokens used this month; begins anew on " + day(budget.resets_at) + ". Empty: no limit.";
  const std::string tokens = id + ".tokens", label = "Monthly limit of " + name + ", in tokens";
  ui::field(ui, {.name = tokens, .label = label, .kind = ui::FieldKind::Number, .help = help}, draft);
  if (budget.monthly_tokens) {
    ui.gap(ui::space::kSmall);
    const auto total = static_cast<std::size_t>(*budget.monthly_tokens);
    ui::progress(ui, id + ".progress", "Used of the limit of " + name,
                 std::min(static_cast<std::size_t>(budget.used_tokens), total), total);
  }
  const bool own = usage.credential_id == budget.credential_id;
  static const state::Form kIdle;
  if (draw_save(ui, id, "limit of " + name, own ? usage.form : kIdle, draft.edits()))
    actions.emplace_back(state::action::SaveBudget{budget.credential_id});
}

void draw_budgets(ui::Ui& ui, const state::Usage& usage, Drafts& drafts, state::Actions& actions) {
  const ui::Card card(ui, "budgets", "budgets.heading");
  draw_card_title(ui, "budgets", "Monthly limits",
                  "A key that has used up its limit is not used until the next month.");
  const auto& budgets = *usage.budgets.value();
  if (budgets.empty()) ui::paragraph(ui, {.name = "budgets.none", .text = "You have no keys yet."});
  for (const auto& budget : budgets) {
    if (&budget != &budgets.front()) ui::divider(ui);
    draw_budget(ui, usage, budget, drafts.budgets[budget.credential_id], actions);
  }
}

}  // namespace

void draw_usage(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.usage", "Usage");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro",
                     .text = "What your workflows used on your keys, as the providers report it.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  const state::Usage& usage = state.usage;
  if (const auto* failure = first_failure(usage, drafts.usage_group.text())) draw_load_failure(ui, *failure, actions);
  if (usage.days.value()) draw_tokens(ui, usage, drafts.usage_group);
  else if (!usage.days.failed()) ui::skeleton(ui, usage.days.since_s(), 1, 240);
  if (usage.budgets.value()) draw_budgets(ui, usage, drafts, actions);
  end_page(ui);
}

}  // namespace ownkey::pages
