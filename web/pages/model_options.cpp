#include "web/pages/model_options.h"

#include <utility>

#include "web/pages/format.h"

namespace ownkey::pages {

std::vector<ui::Option> provider_options(std::string none) {
  std::vector<ui::Option> options{{"", std::move(none)}};
  for (const auto& [provider, name] : names_of(Provider{}))
    options.push_back({std::string(name), std::string(provider_info(provider).name)});
  return options;
}

std::vector<ui::Option> model_options(const std::vector<api::Model>* models, std::string_view provider,
                                      std::string none) {
  if (!models) return {};
  std::vector<ui::Option> options{{"", std::move(none)}};
  for (const auto& [candidate, name] : names_of(Provider{})) {
    if (!provider.empty() && provider != name) continue;
    for (const auto& model : *models) {
      if (model.provider != candidate) continue;
      std::string label = model.display_name.empty() ? model.id : model.display_name;
      if (label != model.id) label += " (" + model.id + ")";
      if (model.shutdown_date) label += ", ends " + day(*model.shutdown_date);
      options.push_back({model.id, std::move(label), std::string(provider_info(candidate).name)});
    }
  }
  if (options.size() == 1) options.clear();
  return options;
}

}  // namespace ownkey::pages
