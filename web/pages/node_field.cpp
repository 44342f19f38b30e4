#include "web/pages/node_field.h"

#include <algorithm>
#include <vector>

#include "web/pages/model_options.h"
#include "web/ui/field.h"

namespace ownkey::pages {
namespace {

using Options = std::vector<ui::Option>;

Options key_options(const std::vector<api::Credential>* keys, std::string_view provider, std::string_view chosen) {
  Options options{{"", "As set in API Keys"}};
  bool offered = chosen.empty();
  if (keys)
    for (const auto& key : *keys) {
      if (!provider.empty() && name_of(key.provider) != provider) continue;
      options.push_back({key.label, key.label + " · " + key.masked_key, std::string(provider_info(key.provider).name)});
      offered = offered || key.label == chosen;
    }
  if (!offered) options.push_back({std::string(chosen), std::string(chosen) + " (not there)"});
  return options;
}

Options tool_options(const std::vector<api::ToolEntry>* tools, std::string_view chosen) {
  Options options;
  if (tools)
    for (const auto& tool : *tools)
      options.push_back({tool.name, state::readable(tool.name) + (tool.available ? "" : " (off on this server)")});
  if (options.empty()) options.push_back({std::string(chosen), std::string(chosen)});
  return options;
}

Options operator_options() {
  Options options;
  for (const auto& [name, words] : state::operators()) options.push_back({std::string(name), std::string(words)});
  return options;
}

}  // namespace

void draw_node_field(ui::Ui& ui, const state::AppState& state, const json& data, const state::NodeField& field,
                     std::string_view name, ui::FieldState& draft) {
  using state::Entry;
  ui::FieldSpec spec{.name = name, .label = field.label, .help = field.help};
  Options options;
  const std::string_view provider = state::text_in(data, "provider");
  switch (field.entry) {
    case Entry::Line:
    case Entry::Number:
    case Entry::Limit: break;
    case Entry::Area:
      spec.kind = ui::FieldKind::Multiline;
      spec.rows = 4;
      break;
    case Entry::Model:
      options = model_options(state.models.value(), provider, "Choose a model");
      spec.options_name = "Models that your keys reach";
      break;
    case Entry::Provider: options = provider_options("By the model's name"); break;
    case Entry::Key: options = key_options(state.keys.credentials.value(), provider, draft.text()); break;
    case Entry::Tool: options = tool_options(state.workflows.tools.value(), draft.text()); break;
    case Entry::Operator: options = operator_options(); break;
  }
  if (!options.empty()) {
    spec.options = &options;
    if (field.entry != Entry::Model) spec.kind = ui::FieldKind::Select;
  }
  ui::field(ui, spec, draft);
  ui.gap(ui::space::kField);
}

}  // namespace ownkey::pages
