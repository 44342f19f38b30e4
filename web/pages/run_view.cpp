#include "web/pages/run_view.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "web/pages/format.h"
#include "web/pages/workflow_graph.h"
#include "web/state/canvas.h"
#include "web/state/node_kinds.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"
#include "web/ui/progress.h"
#include "web/ui/wrap.h"

namespace ownkey::pages {
namespace {

// A picture of a very long answer would be too large for the canvas.
constexpr std::ptrdiff_t kMostLines = 600;
// While a text grows, its end is shown: to wrap all of it anew for each word would take too long.
constexpr std::size_t kTailBytes = 1500, kTailLines = 12;
constexpr std::size_t kLogLines = 8, kToolLines = 3;
constexpr float kMark = 16;

bool is_about_the_key(std::optional<ErrorKind> kind) {
  using enum ErrorKind;
  return kind == NoCredential || kind == CredentialInactive || kind == CredentialUnreadable || kind == KeyRejected;
}

void draw_error(ui::Ui& ui, std::string_view detail, std::optional<ErrorKind> kind, state::Actions& actions) {
  const std::string text = sentence(detail.empty() ? "the run failed without saying why; try again" : detail);
  const std::string address = "/settings/keys";
  if (!is_about_the_key(kind)) {
    ui::callout(ui, "run.error", text, ui::Tone::Danger);
  } else {
    const std::string_view label =
        kind == ErrorKind::NoCredential ? "Add your key in Settings" : "Look at your key in Settings";
    if (ui::callout(ui, "run.error", text, ui::Tone::Danger,
                    ui::LinkSpec{.name = "run.to-keys", .label = label, .href = address}))
      actions.emplace_back(state::action::GoTo{address});
  }
  ui.gap(ui::space::kCard);
}

std::string shortened(const std::string& text) {
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (lines < kMostLines) return text;
  std::size_t end = 0;
  for (std::ptrdiff_t i = 0; i < kMostLines; ++i) end = text.find('\n', end) + 1;
  return text.substr(0, end) + "… and " + counted(lines - kMostLines + 1, "line") +
         " more. Copy the answer to have it all.";
}

void draw_answer(ui::Ui& ui, const api::RunDetails& record, state::Actions& actions) {
  const ui::Card card(ui, "answer", "answer.heading");
  ui::heading(ui, 2, "answer.heading", "Answer");
  ui.gap(ui::space::kMedium);
  const std::string answer = state::answer_of(record);
  if (answer.empty())
    return ui::paragraph(ui,
                         {.name = "answer.text", .text = "The run ended without any text.", .tone = ui::Tone::Muted});
  ui::paragraph(ui, {.name = "answer.text", .text = shortened(answer)});
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "answer.copy", .label = "Copy answer"}))
    actions.emplace_back(state::action::OnWorkflow{state::action::WorkflowTask::CopyAnswer});
}

// Beginning with a whole character.
std::string_view tail(std::string_view text) {
  if (text.size() <= kTailBytes) return text;
  text.remove_prefix(text.size() - kTailBytes);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0) == 0x80) text.remove_prefix(1);
  return text;
}

void draw_lines(ui::Ui& ui, const std::string& name, const std::vector<std::string>& lines) {
  ui.gap(ui::space::kHair);
  ui::paragraph(ui, {.name = name, .text = ui::joined(lines), .type = ui::Type::Help});
}

// The end of a text that grows, or the beginning of one that is whole.
void draw_text(ui::Ui& ui, const std::string& name, std::string_view text, bool grows, std::size_t most = kLogLines) {
  if (text.empty()) return;
  const ui::TextStyle style = ui.style(ui::Type::Help);
  if (!grows) return draw_lines(ui, name, ui.text().first_lines(text, style, ui.pen().width, most));
  const auto& lines = ui.text().lines(tail(text), style, ui.pen().width);
  draw_lines(ui, name, {lines.end() - static_cast<std::ptrdiff_t>(std::min(lines.size(), kTailLines)), lines.end()});
}

void draw_tool_call(ui::Ui& ui, const std::string& name, const api::ToolUse& call) {
  std::string text = state::readable(call.name) + " " + dump_json(call.arguments);
  if (call.result) text += " → " + state::text_of_output(*call.result);
  if (call.error) text += " → " + call.error->detail;
  const ui::TextStyle style = ui.style(ui::Type::Help);
  const std::string shown = ui::joined(ui.text().first_lines(text, style, ui.pen().width - 24, kToolLines));
  ui.gap(ui::space::kHair);
  ui::mark_item(ui, name,
                call.error    ? ui::Icon::Cross
                : call.result ? ui::Icon::Check
                              : ui::Icon::Forward,
                call.error    ? ui::Tone::Danger
                : call.result ? ui::Tone::Success
                              : ui::Tone::Muted,
                shown);
}

// The list of tools that a node called, in one step of it or in several; without any there is no list.
class ToolCalls {
 public:
  ToolCalls(ui::Ui& ui, std::string name) : ui_(ui), name_(std::move(name)) {}

  void draw(const std::vector<api::ToolUse>& calls) {
    if (!calls.empty() && !list_) list_.emplace(ui_, "ul", name_, ui::Attributes{{"aria-label", "Tools called"}});
    for (const auto& call : calls) draw_tool_call(ui_, name_ + std::to_string(drawn_++), call);
  }

 private:
  ui::Ui& ui_;
  std::string name_;
  std::optional<ui::Group> list_;
  int drawn_ = 0;
};

void add_part(std::string& text, const std::string& part) { text += (text.empty() ? "" : " · ") + part; }

std::string details_of(const api::LogEntry& entry, std::string_view word) {
  std::string text(word);
  if (entry.status == api::NodeStatus::Success || entry.status == api::NodeStatus::Error)
    text += " in " + duration(entry.duration_ms);
  if (entry.reason == "branch_not_taken") add_part(text, "the run went the other way");
  else if (entry.reason == "parent_failed") add_part(text, "a step before it failed");
  else if (entry.reason == "run_timeout") add_part(text, "the time was up");
  if (entry.attempts) add_part(text, counted(*entry.attempts, "attempt"));
  if (entry.usage)
    add_part(text, counted(entry.usage->input_tokens, "token") + " in, " + std::to_string(entry.usage->output_tokens) +
                       " out");
  if (entry.key) add_part(text, receipt_text(*entry.key));
  return text;
}

void draw_log(ui::Ui& ui, const std::string& name, const api::LogEntry& entry) {
  if (entry.steps) {
    ToolCalls calls(ui, name + ".tools");
    for (const auto& step : *entry.steps) calls.draw(step.tool_calls);
  }
  if (entry.error)
    ui::paragraph(ui, {.name = name + ".error",
                       .text = sentence(entry.error->detail),
                       .type = ui::Type::Help,
                       .tone = ui::Tone::Danger});
  if (entry.output && (entry.key || entry.steps || entry.type == "tool"))
    draw_text(ui, name + ".text", state::text_of_output(*entry.output), false);
}

void draw_step(ui::Ui& ui, const state::NodeRun& run, const json& node) {
  const std::string name = "step." + std::string(state::id_of(node));
  const StateLook look = look_of(run.state());
  const float room = kMark + ui::space::kMedium, line_height = ui.style(ui::Type::Strong).line_height;
  const ui::Group item(ui, "li", name);
  ui::Pen& pen = ui.pen();
  ui::node_mark(ui, look.look, pen.x, pen.y + (line_height - kMark) / 2, kMark);
  pen = {pen.x + room, pen.y, pen.width - room};
  ui::paragraph(ui, {.name = name + ".name",
                     .text = state::label_of(node),
                     .type = ui::Type::Strong,
                     .attributes = {{"tabindex", "-1"}}});
  const auto* entry = run.log;
  const auto* live = run.live;
  std::string details = entry ? details_of(*entry, look.word) : std::string(look.word);
  if (live) {
    const double seconds = std::floor(ui.now() - live->since_s);
    if (seconds >= 1) add_part(details, duration(static_cast<std::int64_t>(seconds) * 1000));
    ui.wake_in(live->since_s + seconds + 1 - ui.now());
  }
  ui::paragraph(ui, {.name = name + ".details", .text = details, .type = ui::Type::Help, .tone = ui::Tone::Muted});
  if (entry) draw_log(ui, name, *entry);
  if (live) {
    ToolCalls(ui, name + ".tools").draw(live->tool_calls);
    draw_text(ui, name + ".text", live->text, true);
  }
  pen = {pen.x - room, pen.y + ui::space::kMedium, pen.width + room};
}

void draw_steps(ui::Ui& ui, const state::Run* run, WorkflowDraft& draft, std::string_view edit_address,
                state::Actions& actions) {
  const ui::Card card(ui, "steps", "steps.heading");
  ui::heading(ui, 2, "steps.heading", "Steps");
  ui.gap(ui::space::kField);
  const json& nodes = state::nodes_of(draft.canvas);
  std::vector<state::NodeRun> runs;
  if (run) runs = state::node_runs(*run, view_of(draft).places, nodes.size());
  const std::string clicked = draw_workflow_graph(ui, draft, run ? &runs : nullptr, {});
  if (!run) {
    if (clicked.empty()) return;
    actions.emplace_back(state::action::OnWorkflow{state::action::WorkflowTask::SelectNode, clicked});
    return (void)actions.emplace_back(state::action::GoTo{std::string(edit_address)});
  }
  if (!clicked.empty()) ui.focus(ui::node_id("step." + clicked + ".name"));
  ui.gap(ui::space::kCard);
  const ui::Group list(ui, "ol", "steps.list", {{"aria-label", "What each step did"}});
  for (std::size_t i = 0; i < runs.size(); ++i) draw_step(ui, runs[i], nodes[i]);
}

const api::LogEntry* failed_node(const api::RunDetails& record) {
  const auto& logs = state::logs_of(record);
  const auto found = std::find_if(logs.begin(), logs.end(), [](const auto& entry) { return entry.error.has_value(); });
  return found == logs.end() ? nullptr : &*found;
}

void draw_outcome(ui::Ui& ui, const api::RunDetails& record, state::Actions& actions) {
  if (record.status == api::RunStatus::Success) return draw_answer(ui, record, actions);
  if (record.status == api::RunStatus::Cancelled) {
    ui::callout(ui, "run.cancelled", "The run was cancelled.", ui::Tone::Muted);
    return ui.gap(ui::space::kCard);
  }
  const auto* node = failed_node(record);
  const auto& error = node ? node->error : record.error;
  draw_error(ui, error ? error->detail : "", error ? error_kind_of(error->code) : std::nullopt, actions);
}

}  // namespace

std::string receipt_text(const api::KeyReceipt& key) {
  const std::string provider(provider_info(key.provider).name);
  std::string text = key.source == api::KeySource::System ? "ran on the server's " + provider + " key"
                                                          : "ran on your " + provider + " key " + key.masked_key;
  if (key.failed_before)
    for (const auto& failed : *key.failed_before) text += ", after " + failed.masked_key + " failed";
  return text;
}

void draw_run_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions) {
  draw_error(ui, failure.text, failure.kind, actions);
}

void draw_progress(ui::Ui& ui, const state::Run& run, const json& canvas) {
  if (!run.is_under_way()) return;
  const auto& record = *run.record.value();
  const std::size_t total = state::nodes_of(canvas).size(), done = state::logs_of(record).size();
  ui.gap(ui::space::kField);
  std::string text = "Step " + std::to_string(std::min(done + 1, total)) + " of " + std::to_string(total);
  if (record.status == api::RunStatus::Queued)
    text = record.position ? "Waits for its turn: number " + std::to_string(*record.position) + " in the queue"
                           : "Waits for its turn";
  if (run.reconnecting) text = "The connection was lost and is being made again; the run goes on";
  ui::paragraph(ui, {.name = "progress.text", .text = text, .type = ui::Type::Help, .tone = ui::Tone::Muted});
  ui.gap(ui::space::kTight);
  ui::progress(ui, "progress", "Progress of the run", done, total);
}

void draw_run(ui::Ui& ui, const state::Run* run, WorkflowDraft& draft, std::string_view edit_address,
              state::Actions& actions) {
  if (run && !run->is_under_way()) draw_outcome(ui, *run->record.value(), actions);
  draw_steps(ui, run, draft, edit_address, actions);
}

}  // namespace ownkey::pages
