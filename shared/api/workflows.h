// Messages about workflows: graphs in the shape that React Flow draws, kept as they came.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/api/models.h"
#include "shared/fields.h"
#include "shared/limits.h"
#include "shared/validation.h"

namespace ownkey::api {

struct CanvasState {
  std::vector<json> nodes;
  std::vector<json> edges;

  static constexpr auto fields() {
    return std::tuple{Field{"nodes", &CanvasState::nodes}, Field{"edges", &CanvasState::edges}};
  }
};

struct SaveWorkflowRequest {
  std::string name;
  std::optional<std::string> description;
  json canvas_state;  // checked by the graph parser; drawing fields beside nodes and edges (viewport …) are kept
  std::optional<std::string> status;

  static constexpr auto fields() {
    return std::tuple{
        Field{"name", &SaveWorkflowRequest::name}, Field{"description", &SaveWorkflowRequest::description},
        Field{"canvas_state", &SaveWorkflowRequest::canvas_state}, Field{"status", &SaveWorkflowRequest::status}};
  }
  static constexpr auto limits() {
    return std::array{longest("name", kMaxNameBytes), longest("description", kMaxDescriptionBytes)};
  }
};

struct Workflow {
  std::string id;
  std::string name;
  std::string description;
  json canvas_state;
  std::string status;
  std::string created_at;
  std::string updated_at;
  // In the list alone: one of its models ends soon, or has ended.
  std::optional<ModelEnd> model_ends = {};

  static constexpr auto fields() {
    return std::tuple{Field{"id", &Workflow::id},
                      Field{"name", &Workflow::name},
                      Field{"description", &Workflow::description},
                      Field{"canvas_state", &Workflow::canvas_state},
                      Field{"status", &Workflow::status},
                      Field{"created_at", &Workflow::created_at},
                      Field{"updated_at", &Workflow::updated_at},
                      Field{"model_ends", &Workflow::model_ends}};
  }
};

struct ExecuteRequest {
  std::optional<json> initial_inputs;
  // An unsaved draft (workflow id "draft") brings its graph along.
  std::optional<std::vector<json>> nodes;
  std::optional<std::vector<json>> edges;
  // Less than the server's own limits.
  std::optional<std::int64_t> timeout_s;
  std::optional<std::int64_t> token_budget;

  static constexpr auto fields() {
    return std::tuple{Field{"initial_inputs", &ExecuteRequest::initial_inputs}, Field{"nodes", &ExecuteRequest::nodes},
                      Field{"edges", &ExecuteRequest::edges}, Field{"timeout_s", &ExecuteRequest::timeout_s},
                      Field{"token_budget", &ExecuteRequest::token_budget}};
  }
};

struct ToolEntry {
  std::string name;
  std::string description;
  json args;  // JSON Schema
  bool available = true;
  std::optional<std::string> unavailable_reason;

  static constexpr auto fields() {
    return std::tuple{Field{"name", &ToolEntry::name}, Field{"description", &ToolEntry::description},
                      Field{"args", &ToolEntry::args}, Field{"available", &ToolEntry::available},
                      Field{"unavailable_reason", &ToolEntry::unavailable_reason}};
  }
};

// A workflow to begin with: its canvas can be saved or run as a draft.
struct ExampleWorkflow {
  std::string id;
  std::string name;
  std::string description;
  json canvas_state;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &ExampleWorkflow::id}, Field{"name", &ExampleWorkflow::name},
                      Field{"description", &ExampleWorkflow::description},
                      Field{"canvas_state", &ExampleWorkflow::canvas_state}};
  }
};

}  // namespace ownkey::api
