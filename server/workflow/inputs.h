// How outputs become inputs. Pure functions.
#pragma once

#include "server/workflow/graph.h"
#include "shared/json.h"

namespace ownkey::workflow {

// Lays what comes over one edge over the inputs of its target; edges are taken in their order.
//
// Without handles an object's fields come by their names, anything else as "input", and null not at all. A source
// handle that names a field of the output takes that field alone. A target handle names the input that such a field,
// or a value that is no object, goes into; an input that a custom node declares takes a whole object too. Other handles
// are a drawing program's own and mean nothing.
void add_input(json& inputs, const json& output, const Edge& edge, const Node& target);

}  // namespace ownkey::workflow
