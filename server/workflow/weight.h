// How much a run may carry: what users put into a graph must not grow without bound on its way through the nodes.
#pragma once

#include <cstddef>

#include <string_view>

#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxNodeBytes = std::size_t{2} << 20;  // what goes into a node, or comes out of it
inline constexpr std::size_t kMaxRunBytes = std::size_t{16} << 20;  // all outputs of a run together

// About as many bytes as the value takes as text; quicker than writing it.
std::size_t weight_of(const json& value);

// "the output of this node is larger" than that many bytes.
Error too_much(std::string_view what, std::size_t limit);

}  // namespace ownkey::workflow
