#include "server/workflow/asked_models.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "server/llm/model_provider.h"
#include "server/workflow/node_kind.h"
#include "shared/fields.h"
#include "shared/json.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

struct DrawnNode {
  std::string id;
  std::string type;
  json data;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &DrawnNode::id}, Field{"type", &DrawnNode::type}, Field{"data", &DrawnNode::data}};
  }
};

// What decides on the model and the key, whatever else a drawing program keeps there.
struct Choice {
  std::string model;
  std::optional<Provider> provider;
  std::optional<std::string> credential;

  static constexpr auto fields() {
    return std::tuple{Field{"model", &Choice::model}, Field{"provider", &Choice::provider},
                      Field{"credential", &Choice::credential}};
  }
};

std::optional<AskedModel> model_asked_by(const json& drawn) {
  auto node = from_json<DrawnNode>(drawn, Unknown::Ignore);
  if (!node) return std::nullopt;
  const auto* kind = find_node_kind(node->type);
  if (!kind || !kind->asks_model) return std::nullopt;
  auto choice = from_json<Choice>(node->data, Unknown::Ignore);
  if (!choice) return std::nullopt;
  std::string model(trimmed(choice->model));
  const auto provider = choice->provider ? choice->provider : llm::family_of_model(model);
  if (!provider) return std::nullopt;
  return AskedModel{std::move(node->id), std::move(model), *provider, std::move(choice->credential)};
}

}  // namespace

std::vector<AskedModel> asked_models(std::string_view canvas_state) {
  std::vector<AskedModel> models;
  const auto canvas = parse_json(canvas_state);
  if (!canvas || !canvas->is_object()) return models;
  if (const auto nodes = canvas->find("nodes"); nodes != canvas->end())
    for (const auto& node : *nodes)
      if (auto model = model_asked_by(node)) models.push_back(std::move(*model));
  return models;
}

std::optional<api::ModelEnd> first_end(std::string_view canvas_state, const llm::ModelEnds& ends, base::Time now) {
  const auto is_named = [&](const auto& end) {
    return llm::ends_soon(end.second, now) && canvas_state.find(end.first.second) != std::string_view::npos;
  };
  if (std::ranges::none_of(ends, is_named)) return std::nullopt;
  std::optional<api::ModelEnd> first;
  for (auto& asked : asked_models(canvas_state)) {
    const auto end = ends.find({asked.provider, asked.model});
    if (end == ends.end() || !llm::ends_soon(end->second, now)) continue;
    if (!first || end->second < first->shutdown_date) first = api::ModelEnd{std::move(asked.model), end->second};
  }
  return first;
}

}  // namespace ownkey::workflow
