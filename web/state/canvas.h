// The graph of a workflow as the page edits it: functions over the JSON that it is kept in. All that they do not know
// stays as it came, and what is not the graph that it should be is taken for an empty one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/json.h"

namespace ownkey::state {

// The text member of that name, as long as the object stays as it is; empty if there is none.
std::string_view text_in(const json& object, std::string_view name);

const json& nodes_of(const json& canvas);
const json& edges_of(const json& canvas);
const json* find_node(const json& canvas, std::string_view id);

inline std::string_view id_of(const json& node) { return text_in(node, "id"); }
inline std::string_view type_of(const json& node) { return text_in(node, "type"); }
const json& data_of(const json& node);

// What people call a node: its label, or else its kind.
std::string label_of(const json& node);

bool asks_model(const json& node);

// The model of the first node that has one.
std::string first_model(const json& canvas);

// Where an edge may begin: a node, or a branch of a condition. As text: the id, and after a space "true" or "false".
struct Outlet {
  std::string node, branch;
};
Outlet outlet_of(std::string_view text);

// Editing. A new node gets an id of its own, which is the answer, and an edge from there if that is anywhere.
std::string add_node(json& canvas, std::string_view type, json data, std::string_view after);
void remove_node(json& canvas, std::string_view id);
void connect(json& canvas, std::string_view from, std::string_view to);
void disconnect(json& canvas, std::size_t edge);

// How the text of a form stands in a node's data.
enum class ValueKind { Text, Number, Json };

// The text of what is at a place in the data of a node: "model", "args.expression".
std::string value_at(const json& data, std::string_view place);

// Puts a typed text there. An empty one takes the member away unless it is required. What is no number, or no JSON,
// stays a text: the server says what is wrong with it.
void set_value(json& canvas, std::string_view node, std::string_view place, std::string_view text, ValueKind kind,
               bool required);
json value_of(std::string_view text, ValueKind kind);

// What an input node gives under names of its own. One that names nothing gives "input", and goes on to do so.
void add_input(json& canvas, std::string_view node, std::string_view name);
void remove_input(json& canvas, std::string_view node, std::string_view name);
bool has_inputs(const json& data);

// Puts a text into a list of texts, or takes it out; an empty list goes.
void toggle_in_list(json& canvas, std::string_view node, std::string_view place, std::string_view text);
bool is_in_list(const json& data, std::string_view place, std::string_view text);

}  // namespace ownkey::state
