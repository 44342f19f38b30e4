#include "server/workflow/workflows.h"

#include <utility>

#include "server/workflow/graph.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

constexpr std::size_t kMaxWorkflows = 1000;
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

Result<api::Workflow> message_of(const store::WorkflowRow& row) {
  auto canvas = parse_json(row.canvas_state);
  if (!canvas)
    return Error{ErrorKind::Internal, "this workflow cannot be read any more; restore it from a backup or delete it",
                 "workflow " + row.id.text() + ": " + canvas.error().public_text};
  return api::Workflow{row.id.text(),
                       row.name,
                       row.description,
                       std::move(*canvas),
                       row.status,
                       base::rfc3339(row.created_at),
                       base::rfc3339(row.updated_at)};
}

Result<store::WorkflowRow> find(store::UserStore& store, const base::WorkflowId& id) {
  auto row = store.workflow(id);
  if (!row) return row.error();
  if (!*row) return no_such_workflow();
  return std::move(**row);
}

}  // namespace

Result<api::Workflow> Workflows::create(const base::UserId& user, const api::SaveWorkflowRequest& request) {
  auto row = checked(request);
  if (!row) return row.error();
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto existing = (*store)->workflows();
  if (!existing) return existing.error();
  if (existing->size() >= kMaxWorkflows)
    return Error{ErrorKind::LimitExceeded, "you have " + std::to_string(kMaxWorkflows) +
                                               " workflows, which is the most; delete one that you do not need"};
  row->id = base::WorkflowId(crypto::new_id(random_));
  row->created_at = row->updated_at = clock_.now();
  if (auto stored = (*store)->put_workflow(*row); !stored) return stored.error();
  return message_of(*row);
}

Result<std::vector<api::Workflow>> Workflows::list(const base::UserId& user) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto rows = (*store)->workflows();
  if (!rows) return rows.error();
  std::vector<api::Workflow> list;
  for (const auto& row : *rows) {
    auto message = message_of(row);
    if (!message) return message.error();
    list.push_back(std::move(*message));
  }
  return list;
}

Result<api::Workflow> Workflows::get(const base::UserId& user, const base::WorkflowId& id) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto row = find(**store, id);
  if (!row) return row.error();
  return message_of(*row);
}

Result<api::Workflow> Workflows::replace(const base::UserId& user, const base::WorkflowId& id,
                                         const api::SaveWorkflowRequest& request) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto old = find(**store, id);
  if (!old) return old.error();
  auto row = checked(request);
  if (!row) return row.error();
  row->id = old->id;
  row->created_at = old->created_at;
  row->updated_at = clock_.now();
  if (auto stored = (*store)->put_workflow(*row); !stored) return stored.error();
  return message_of(*row);
}

Result<void> Workflows::remove(const base::UserId& user, const base::WorkflowId& id) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto removed = (*store)->remove_workflow(id);
  if (!removed) return removed.error();
  if (!*removed) return no_such_workflow();
  return {};
}

}  // namespace ownkey::workflow
