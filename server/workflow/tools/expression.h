// Arithmetic as people write it: "2 * (3 + 4)^2", "sqrt(2) / pi", "round(10 / 3, 2)".
//
//   sum     = product { ("+" | "-") product }
//   product = sign { ("*" | "/" | "%") sign }
//   sign    = { "+" | "-" } power
//   power   = value { "!" } [ ("^" | "**") sign ]        from right to left, and stronger than a sign: -2^2 is -4
//   value   = number | name | name "(" [ sum { "," sum } ] ")" | "(" sum ")"
//
// There are no variables, and nothing is executed. Pure.
#pragma once

#include <string_view>

#include "shared/result.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxExpressionBytes = 1000;
inline constexpr int kMaxExpressionDepth = 100;

// The error says what is wrong and at which character.
Result<double> evaluate(std::string_view expression);

}  // namespace ownkey::workflow
