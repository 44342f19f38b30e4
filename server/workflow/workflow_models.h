// The models that a drawing uses, and whether one of them ends. Plain functions.
#pragma once

#include <optional>
#include <string_view>

#include "server/base/clock.h"
#include "server/llm/model_ends.h"
#include "shared/api/models.h"

namespace ownkey::workflow {

// The model of this drawing (JSON, as stored) that ends first, if one ends soon or has ended. A drawing that names none
// of these models is not even read.
std::optional<api::ModelEnd> first_end(std::string_view canvas_state, const llm::ModelEnds& ends, base::Time now);

}  // namespace ownkey::workflow
