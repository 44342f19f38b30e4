#include "server/workflow/workflows.h"

#include <utility>

#include "server/workflow/asked_models.h"
#include "server/workflow/graph.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

// A list of all of them is answered at once, so all together must be of a size that can be.
constexpr store::WorkflowLimits kLimits{.count = 1000, .bytes = std::int64_t{20} << 20};
constexpr std::string_view kDefaultStatus = "draft";
constexpr std::size_t kMaxStatusBytes = 32;

Error no_such_workflow() {
  return {ErrorKind::NotFound, "you have no workflow with this id; it may have been deleted"};
}

// The row that the request asks for, with the id and the times still to come.
Result<store::WorkflowRow> checked(const api::SaveWorkflowRequest& request) {
  auto name = valid_workflow_name(request.name);
  if (!name) return name.error();
  auto description = valid_description(request.description.value_or(""));
  if (!description) return description.error();
  if (request.status && request.status->size() > kMaxStatusBytes)
    return invalid("status", "the status can be at most " + std::to_string(kMaxStatusBytes) + " bytes long");
  if (auto graph = Graph::parse(request.canvas_state, "canvas_state"); !graph) return graph.error();
  store::WorkflowRow row;
  row.name = std::move(*name);
  row.description = std::move(*description);
  row.canvas_state = dump_json(request.canvas_state);
  row.status = request.status.value_or(std::string(kDefaultStatus));
  return row;
}

// All but the drawing.
api::Workflow outline_of(const store::WorkflowRow& row) {
  return {row.id.text(),
          row.name,
          row.description,
          nullptr,
          row.status,
          base::rfc3339(row.created_at),
          base::rfc3339(row.updated_at)};
}

Result<json> canvas_of(const store::WorkflowRow& row) {
  auto canvas = parse_json(row.canvas_state);
  if (canvas) return canvas;
  return Error{ErrorKind::Internal, "this workflow cannot be read any more; restore it from a backup or delete it",
               "workflow " + row.id.text() + ": " + canvas.error().public_text};
}

Result<api::Workflow> message_of(const store::WorkflowRow& row) {
  auto canvas = canvas_of(row);
  if (!canvas) return std::move(canvas.error());
  auto message = outline_of(row);
  message.canvas_state = std::move(*canvas);
  return message;
}

// As JSON, with the drawing as it is stored: to read many drawings only to write them again would take twenty times
// their size in memory.
void append_text(std::string& text, const store::WorkflowRow& row, std::optional<api::ModelEnd> model_ends) {
  auto message = outline_of(row);
  message.model_ends = std::move(model_ends);
  auto outline = to_json(message);
  outline.erase("canvas_state");
  text += R"({"canvas_state":)" + row.canvas_state + ',' + dump_json(outline).substr(1);
}

Result<store::WorkflowRow> find(store::UserView& store, const base::WorkflowId& id) {
  auto row = store.workflow(id);
  if (!row) return row.error();
  if (!*row) return no_such_workflow();
  return std::move(**row);
}

}  // namespace

Result<api::Workflow> Workflows::create(const base::UserId& user, const api::SaveWorkflowRequest& request,
                                        const base::Client& client) {
  auto row = checked(request);
  if (!row) return row.error();
  const auto store = users_.open(user);
  if (!store) return store.error();
  row->id = base::WorkflowId(crypto::new_id(random_));
  row->created_at = row->updated_at = clock_.now();
  if (auto stored = (*store)->add_workflow(*row, kLimits, note(AuditAction::WorkflowCreated, row->id, client)); !stored)
    return stored.error();
  return message_of(*row);
}

Result<std::string> Workflows::list(const base::UserId& user, const llm::ModelEnds& ends) {
  const auto rows = users_.read(user, [](store::UserView& view) { return view.workflows(); });
  if (!rows) return rows.error();
  const auto now = clock_.now();
  std::string text = "[";
  for (const auto& row : *rows) {
    if (text.size() > 1) text += ',';
    append_text(text, row, first_end(row.canvas_state, ends, now));
  }
  text += ']';
  return text;
}

Result<std::vector<base::WorkflowId>> Workflows::ids(const base::UserId& user) {
  return users_.read(user, [](store::UserView& view) { return view.workflow_ids(); });
}

Result<std::string> Workflows::text(const base::UserId& user, const base::WorkflowId& id) {
  const auto row = users_.read(user, [&](store::UserView& view) { return find(view, id); });
  if (!row) return row.error();
  std::string text;
  append_text(text, *row, {});
  return text;
}

Result<api::Workflow> Workflows::get(const base::UserId& user, const base::WorkflowId& id) {
  const auto row = users_.read(user, [&](store::UserView& view) { return find(view, id); });
  if (!row) return row.error();
  return message_of(*row);
}

Result<api::Workflow> Workflows::replace(const base::UserId& user, const base::WorkflowId& id,
                                         const api::SaveWorkflowRequest& request, const base::Client& client) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto old = find(**store, id);
  if (!old) return old.error();
  auto row = checked(request);
  if (!row) return row.error();
  row->id = old->id;
  row->created_at = old->created_at;
  row->updated_at = clock_.now();
  const auto replaced = (*store)->replace_workflow(*row, kLimits, note(AuditAction::WorkflowChanged, row->id, client));
  if (!replaced) return replaced.error();
  if (!*replaced) return no_such_workflow();
  return message_of(*row);
}

Result<void> Workflows::remove(const base::UserId& user, const base::WorkflowId& id, const base::Client& client) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto removed = (*store)->remove_workflow(id, note(AuditAction::WorkflowDeleted, id, client));
  if (!removed) return removed.error();
  if (!*removed) return no_such_workflow();
  return {};
}

Result<std::shared_ptr<const Graph>> Workflows::graph(const base::UserId& user, const base::WorkflowId& id) {
  const auto row = users_.read(user, [&](store::UserView& view) { return find(view, id); });
  if (!row) return row.error();
  if (auto known = known_graphs_.find(row->canvas_state)) return known;
  const auto canvas = canvas_of(*row);
  if (!canvas) return canvas.error();
  auto parsed = Graph::parse(*canvas, "canvas_state");
  if (!parsed) return std::move(parsed.error());
  auto graph = std::make_shared<const Graph>(std::move(*parsed));
  known_graphs_.keep(row->canvas_state, graph);
  return graph;
}

store::AuditNote Workflows::note(AuditAction action, const base::WorkflowId& id, const base::Client& client) const {
  return {action, id.text(), client, clock_.now()};
}

}  // namespace ownkey::workflow
