// Providers and models to choose from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/api/models.h"
#include "web/ui/field.h"

namespace ownkey::pages {

// `none` is what it reads as to choose no provider.
std::vector<ui::Option> provider_options(std::string none);

// Grouped by provider; those of one provider alone, if that is chosen. Empty while none are known.
std::vector<ui::Option> model_options(const std::vector<api::Model>* models, std::string_view provider,
                                      std::string none);

}  // namespace ownkey::pages
