// The kinds of node; each is described where it is defined.
#pragma once

#include "server/workflow/node_kind.h"

namespace ownkey::workflow {

Result<void> check_input(const json& data, const std::string& path);
NodeResult run_input(const NodeContext& context);
inline constexpr NodeKind kInputNode{"input", check_input, run_input};

Result<void> check_llm(const json& data, const std::string& path);
NodeResult run_llm(const NodeContext& context);
inline constexpr NodeKind kLlmNode{.name = "llm", .check = check_llm, .run = run_llm, .asks_model = true};

Result<void> check_agent(const json& data, const std::string& path);
NodeResult run_agent(const NodeContext& context);
inline constexpr NodeKind kAgentNode{.name = "agent", .check = check_agent, .run = run_agent, .asks_model = true};

Result<void> check_tool(const json& data, const std::string& path);
NodeResult run_tool(const NodeContext& context);
inline constexpr NodeKind kToolNode{"tool", check_tool, run_tool};

Result<void> check_condition(const json& data, const std::string& path);
NodeResult run_condition(const NodeContext& context);
inline constexpr NodeKind kConditionNode{
    .name = "condition", .check = check_condition, .run = run_condition, .branches = true};

Result<void> check_template(const json& data, const std::string& path);
NodeResult run_template(const NodeContext& context);
inline constexpr NodeKind kTemplateNode{"template", check_template, run_template};

Result<void> check_custom(const json& data, const std::string& path);
bool custom_declares_input(const json& data, std::string_view name);
NodeResult run_custom(const NodeContext& context);
inline constexpr NodeKind kCustomNode{
    .name = "custom", .check = check_custom, .run = run_custom, .declares_input = custom_declares_input};

Result<void> check_pass_through(const json& data, const std::string& path);
NodeResult run_pass_through(const NodeContext& context);
inline constexpr NodeKind kDefaultNode{"default", check_pass_through, run_pass_through};
inline constexpr NodeKind kOutputNode{"output", check_pass_through, run_pass_through};
inline constexpr NodeKind kEndNode{"end", check_pass_through, run_pass_through};

}  // namespace ownkey::workflow
