// The kinds of node; each is described where it is defined.
#pragma once

#include "server/workflow/node_kind.h"

namespace ownkey::workflow {

Result<void> check_input(const json& data, const std::string& path);
NodeResult run_input(const NodeContext& context);
inline constexpr NodeKind kInputNode{"input", check_input, run_input};

Result<void> check_llm(const json& data, const std::string& path);
NodeResult run_llm(const NodeContext& context);
inline constexpr NodeKind kLlmNode{"llm", check_llm, run_llm};

Result<void> check_pass_through(const json& data, const std::string& path);
NodeResult run_pass_through(const NodeContext& context);
inline constexpr NodeKind kDefaultNode{"default", check_pass_through, run_pass_through};
inline constexpr NodeKind kOutputNode{"output", check_pass_through, run_pass_through};
inline constexpr NodeKind kEndNode{"end", check_pass_through, run_pass_through};

}  // namespace ownkey::workflow
