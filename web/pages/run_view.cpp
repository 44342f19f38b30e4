#include "web/pages/run_view.h"

#include <algorithm>

#include "web/pages/format.h"
#include "web/state/workflow_fields.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

// A picture of a very long answer would be too large for the canvas.
constexpr std::ptrdiff_t kMostLines = 600;

struct StatusLook {
  std::string_view word;
  ui::Icon icon;
  ui::Tone tone;
};

StatusLook look_of(api::NodeStatus status) {
  switch (status) {
    case api::NodeStatus::Success: return {"Done", ui::Icon::Check, ui::Tone::Success};
    case api::NodeStatus::Error: return {"Failed", ui::Icon::Cross, ui::Tone::Danger};
    case api::NodeStatus::Skipped: return {"Skipped", ui::Icon::Dash, ui::Tone::Muted};
    case api::NodeStatus::Cancelled: return {"Cancelled", ui::Icon::Dash, ui::Tone::Muted};
  }
  return {};
}

bool is_about_the_key(std::optional<ErrorKind> kind) {
  using enum ErrorKind;
  return kind == NoCredential || kind == CredentialInactive || kind == CredentialUnreadable || kind == KeyRejected;
}

void draw_error(ui::Ui& ui, std::string_view detail, std::optional<ErrorKind> kind, state::Actions& actions) {
  const std::string text = sentence(detail.empty() ? "the run failed without saying why; try again" : detail);
  const std::string address = "/settings/keys";
  if (!is_about_the_key(kind)) return ui::callout(ui, "run.error", text, ui::Tone::Danger);
  const std::string_view label =
      kind == ErrorKind::NoCredential ? "Add your key in Settings" : "Look at your key in Settings";
  if (ui::callout(ui, "run.error", text, ui::Tone::Danger,
                  ui::LinkSpec{.name = "run.to-keys", .label = label, .href = address}))
    actions.emplace_back(state::action::GoTo{address});
}

std::string shortened(const std::string& text) {
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (lines < kMostLines) return text;
  std::size_t end = 0;
  for (std::ptrdiff_t i = 0; i < kMostLines; ++i) end = text.find('\n', end) + 1;
  return text.substr(0, end) + "… and " + counted(lines - kMostLines + 1, "line") +
         " more. Copy the answer to have it all.";
}

void draw_answer(ui::Ui& ui, const api::RunResult& result, state::Actions& actions) {
  const ui::Card card(ui, "answer", "answer.heading");
  ui::heading(ui, 2, "answer.heading", "Answer");
  ui.gap(ui::space::kMedium);
  const std::string answer = state::answer_of(result);
  if (answer.empty())
    return ui::paragraph(ui,
                         {.name = "answer.text", .text = "The run ended without any text.", .tone = ui::Tone::Muted});
  ui::paragraph(ui, {.name = "answer.text", .text = shortened(answer)});
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "answer.copy", .label = "Copy answer"})) actions.emplace_back(state::action::CopyAnswer{});
}

std::string node_name(const api::LogEntry& entry) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"input", "Input"}, {"llm", "Model call"}, {"agent", "Agent"},
      {"tool", "Tool"},   {"output", "Output"},  {"end", "End"}};
  for (const auto& [type, name] : kNames)
    if (entry.type == type) return std::string(name);
  return sentence(entry.type).substr(0, entry.type.size());
}

std::string node_details(const api::LogEntry& entry) {
  std::string text = std::string(look_of(entry.status).word);
  if (entry.status == api::NodeStatus::Success || entry.status == api::NodeStatus::Error)
    text += " in " + duration(entry.duration_ms);
  if (entry.usage)
    text += " · " + counted(entry.usage->input_tokens, "token") + " in, " + std::to_string(entry.usage->output_tokens) +
            " out";
  if (entry.key) text += " · " + receipt_text(*entry.key);
  return text;
}

void draw_node(ui::Ui& ui, const api::LogEntry& entry) {
  const std::string name = "step." + entry.node_id;
  const StatusLook look = look_of(entry.status);
  const float size = 16, room = size + ui::space::kMedium, line_height = ui.style(ui::Type::Strong).line_height;
  const ui::Group item(ui, "li", name);
  ui::Pen& pen = ui.pen();
  ui::icon(ui, look.icon, pen.x, pen.y + (line_height - size) / 2, size, ui::ink(ui.theme(), look.tone));
  pen = {pen.x + room, pen.y, pen.width - room};
  ui::paragraph(ui, {.name = name + ".name", .text = node_name(entry), .type = ui::Type::Strong});
  ui::paragraph(
      ui, {.name = name + ".details", .text = node_details(entry), .type = ui::Type::Help, .tone = ui::Tone::Muted});
  pen = {pen.x - room, pen.y, pen.width + room};
}

void draw_nodes(ui::Ui& ui, const api::RunResult& result) {
  if (result.logs.empty()) return;
  const ui::Card card(ui, "steps", "steps.heading");
  ui::heading(ui, 2, "steps.heading", "Steps");
  ui.gap(ui::space::kField);
  const ui::Group list(ui, "ol", "steps.list");
  bool first = true;
  for (const auto& entry : result.logs) {
    if (!std::exchange(first, false)) ui.gap(ui::space::kMedium);
    draw_node(ui, entry);
  }
}

const api::LogEntry* failed_node(const api::RunResult& result) {
  const auto found =
      std::find_if(result.logs.begin(), result.logs.end(), [](const auto& entry) { return entry.error.has_value(); });
  return found == result.logs.end() ? nullptr : &*found;
}

}  // namespace

std::string receipt_text(const api::KeyReceipt& key) {
  const std::string provider(provider_info(key.provider).name);
  if (key.source == api::KeySource::System) return "ran on the server's " + provider + " key";
  return "ran on your " + provider + " key " + key.masked_key;
}

void draw_run(ui::Ui& ui, const state::Run& run, state::Actions& actions) {
  if (run.active) return;
  if (run.failure) {
    draw_error(ui, run.failure->text, run.failure->kind, actions);
    ui.gap(ui::space::kCard);
  }
  if (run.cancelled) {
    ui::callout(ui, "run.cancelled", "The run was cancelled.", ui::Tone::Muted);
    ui.gap(ui::space::kCard);
  }
  if (!run.result) return;
  if (run.result->status == api::RunStatus::Success) {
    draw_answer(ui, *run.result, actions);
  } else {
    const auto* node = failed_node(*run.result);
    draw_error(ui, node ? node->error->detail : "", node ? error_kind_of(node->error->code) : std::nullopt, actions);
    ui.gap(ui::space::kCard);
  }
  draw_nodes(ui, *run.result);
}

}  // namespace ownkey::pages
