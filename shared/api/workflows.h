// Messages about workflows: graphs in the shape that React Flow draws, kept as they came.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/api/models.h"
#include "shared/fields.h"

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

  static constexpr auto fields() {
    return std::tuple{Field{"initial_inputs", &ExecuteRequest::initial_inputs}, Field{"nodes", &ExecuteRequest::nodes},
                      Field{"edges", &ExecuteRequest::edges}};
  }
};

}  // namespace ownkey::api
