// Which models a drawing asks and with which keys, read from the drawing alone. Plain functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/clock.h"
#include "server/llm/model_ends.h"
#include "shared/api/models.h"
#include "shared/provider.h"

namespace ownkey::workflow {

struct AskedModel {
  std::string node_id;
  std::string model;
  Provider provider{};
  std::optional<std::string> credential;  // the label of the key that the node names
};

// In the order of the nodes of the drawing (JSON, as stored). What cannot be read does not run and asks nothing; a
// model whose provider nobody knows is left out.
std::vector<AskedModel> asked_models(std::string_view canvas_state);

// The model of this drawing that ends first, if one ends soon or has ended. A drawing that names none of these models
// is not even read.
std::optional<api::ModelEnd> first_end(std::string_view canvas_state, const llm::ModelEnds& ends, base::Time now);

}  // namespace ownkey::workflow
