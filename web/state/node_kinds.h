// The kinds of node, and what people can say about a node of each: the one table behind the forms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/api/workflows.h"
#include "shared/result.h"
#include "web/state/canvas.h"

namespace ownkey::state {

// Numbers and limits are short: those that follow each other can stand side by side.
enum class Entry { Line, Area, Number, Limit, Model, Provider, Key, Tool, Operator };

struct NodeField {
  std::string place;  // in the node's data: "model", "args.expression"
  std::string label, help;
  Entry entry = Entry::Line;
  ValueKind value = ValueKind::Text;
  bool required = false;  // stays, if only as an empty text, so that the server says what belongs there
};

struct NodeKind {
  std::string_view type, name;
  std::string_view what;  // it does
};

const std::vector<NodeKind>& node_kinds();

// "Model call"; a type that we do not know stands for itself.
std::string kind_name(std::string_view type);

// A name of the graph as people read it: "max_words" is "Max words".
std::string readable(std::string_view name);

// The fields of a node's form. Those of a tool's arguments come from its schema, if that is known.
std::vector<NodeField> node_fields(const json& node, const std::vector<api::ToolEntry>* tools);

// What is typed as the name of another input of a node, as the graph has it; the error says why it cannot be one.
Result<std::string> input_name(std::string_view typed, const json& data);

// What a run can be given: the fields of all input nodes, each name once.
std::vector<NodeField> run_fields(const json& canvas);

// What a new node begins with.
json new_node_data(std::string_view type, std::string_view model);

// How a condition compares, and how that reads.
using Words = std::pair<std::string_view, std::string_view>;
const std::vector<Words>& operators();

}  // namespace ownkey::state
