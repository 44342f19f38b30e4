// When providers switch models off: what their lists say, and what was announced elsewhere. Plain functions and data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/clock.h"
#include "shared/provider.h"

namespace ownkey::llm {

// Days like "2027-01-14", by provider and model.
using ModelEnds = std::map<std::pair<Provider, std::string>, std::string>;

// Announced by the providers; only OpenAI's list carries such dates, and not for every key.
const ModelEnds& announced_ends();

// Whether a model that ends on that day deserves a word now: in the next 90 days, or ended already.
bool ends_soon(std::string_view day, base::Time now);

}  // namespace ownkey::llm
