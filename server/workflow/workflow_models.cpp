#include "server/workflow/workflow_models.h"

#include <algorithm>
#include <string>

#include "server/llm/model_provider.h"
#include "shared/fields.h"
#include "shared/json.h"

namespace ownkey::workflow {
namespace {

std::string text_of(const json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() ? found->get<std::string>() : "";
}

// Nothing when it ends on no day that is known.
std::optional<api::ModelEnd> end_of(const json& node, const llm::ModelEnds& ends) {
  const auto data = node.is_object() ? node.find("data") : node.end();
  if (!node.is_object() || data == node.end() || !data->is_object()) return std::nullopt;
  const auto model = text_of(*data, "model");
  auto provider = named<Provider>(text_of(*data, "provider"));
  if (!provider) provider = llm::family_of_model(model);
  if (!provider) return std::nullopt;
  const auto found = ends.find({*provider, model});
  if (found == ends.end()) return std::nullopt;
  return api::ModelEnd{model, found->second};
}

}  // namespace

std::optional<api::ModelEnd> first_end(std::string_view canvas_state, const llm::ModelEnds& ends, base::Time now) {
  const auto is_named = [&](const auto& end) {
    return llm::ends_soon(end.second, now) && canvas_state.find(dump_json(end.first.second)) != std::string_view::npos;
  };
  if (std::ranges::none_of(ends, is_named)) return std::nullopt;
  const auto canvas = parse_json(canvas_state);
  if (!canvas || !canvas->is_object() || !canvas->contains("nodes")) return std::nullopt;
  std::optional<api::ModelEnd> first;
  for (const auto& node : (*canvas)["nodes"]) {
    auto end = end_of(node, ends);
    if (end && llm::ends_soon(end->shutdown_date, now) && (!first || end->shutdown_date < first->shutdown_date))
      first = std::move(end);
  }
  return first;
}

}  // namespace ownkey::workflow
