#include "web/state/canvas.h"

#include "web/state/node_kinds.h"

namespace ownkey::state {
namespace {

const json kEmptyList = json::array();
const json kEmptyObject = json::object();

const json* member(const json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const json& list_in(const json& canvas, std::string_view name) {
  const auto* list = member(canvas, name);
  return list && list->is_array() ? *list : kEmptyList;
}

json& list_to_edit(json& canvas, const char* name) {
  if (!canvas.is_object()) canvas = json::object();
  json& list = canvas[name];
  if (!list.is_array()) list = json::array();
  return list;
}

json* data_to_edit(json& canvas, std::string_view id) {
  for (json& node : list_to_edit(canvas, "nodes")) {
    if (id_of(node) != id) continue;
    json& data = node["data"];
    if (!data.is_object()) data = json::object();
    return &data;
  }
  return nullptr;
}

// The part before the first dot, and the rest.
std::pair<std::string, std::string_view> split(std::string_view place) {
  const std::size_t dot = place.find('.');
  return {std::string(place.substr(0, dot)),
          dot == std::string_view::npos ? std::string_view() : place.substr(dot + 1)};
}

void put(json& object, std::string_view place, std::string_view text, ValueKind kind, bool required) {
  const auto [name, rest] = split(place);
  if (!object.is_object()) object = json::object();
  if (!rest.empty()) put(object[name], rest, text, kind, required);
  else if (text.empty() && !required) object.erase(name);
  else object[name] = value_of(text, kind);
}

bool touches(const json& edge, std::string_view id) {
  return text_in(edge, "source") == id || text_in(edge, "target") == id;
}

}  // namespace

std::string_view text_in(const json& object, std::string_view name) {
  const auto* found = member(object, name);
  const auto* text = found ? found->get_ptr<const std::string*>() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

const json& nodes_of(const json& canvas) { return list_in(canvas, "nodes"); }
const json& edges_of(const json& canvas) { return list_in(canvas, "edges"); }

const json* find_node(const json& canvas, std::string_view id) {
  if (id.empty()) return nullptr;
  for (const json& node : nodes_of(canvas))
    if (id_of(node) == id) return &node;
  return nullptr;
}

const json& data_of(const json& node) {
  const auto* data = member(node, "data");
  return data && data->is_object() ? *data : kEmptyObject;
}

std::string label_of(const json& node) {
  const std::string_view label = text_in(data_of(node), "label");
  return label.empty() ? kind_name(type_of(node)) : std::string(label);
}

bool asks_model(const json& node) {
  const std::string_view type = type_of(node);
  return type == "llm" || type == "agent";
}

std::string first_model(const json& canvas) {
  for (const json& node : nodes_of(canvas))
    if (asks_model(node)) return std::string(text_in(data_of(node), "model"));
  return {};
}

Outlet outlet_of(std::string_view text) {
  for (const std::string_view branch : {" true", " false"})
    if (text.ends_with(branch))
      return {std::string(text.substr(0, text.size() - branch.size())), std::string(branch.substr(1))};
  return {std::string(text), {}};
}

std::string add_node(json& canvas, std::string_view type, json data, std::string_view after) {
  std::string id(type);
  for (int number = 2; find_node(canvas, id); ++number) id = std::string(type) + "_" + std::to_string(number);
  json node = json::object();
  node["id"] = id;
  node["type"] = std::string(type);
  node["data"] = std::move(data);
  list_to_edit(canvas, "nodes").push_back(std::move(node));
  if (!after.empty()) connect(canvas, after, id);
  return id;
}

void remove_node(json& canvas, std::string_view id) {
  json nodes = json::array(), edges = json::array();
  for (json& node : list_to_edit(canvas, "nodes"))
    if (id_of(node) != id) nodes.push_back(std::move(node));
  for (json& edge : list_to_edit(canvas, "edges"))
    if (!touches(edge, id)) edges.push_back(std::move(edge));
  canvas["nodes"] = std::move(nodes);
  canvas["edges"] = std::move(edges);
}

void connect(json& canvas, std::string_view from, std::string_view to) {
  const Outlet outlet = outlet_of(from);
  json edge = json::object();
  edge["id"] = outlet.node + "-" + (outlet.branch.empty() ? "" : outlet.branch + "-") + std::string(to);
  edge["source"] = outlet.node;
  edge["target"] = std::string(to);
  if (!outlet.branch.empty()) edge["sourceHandle"] = outlet.branch;
  list_to_edit(canvas, "edges").push_back(std::move(edge));
}

void disconnect(json& canvas, std::size_t edge) {
  json& edges = list_to_edit(canvas, "edges");
  if (edge < edges.size()) edges.erase(edge);
}

std::string value_at(const json& data, std::string_view place) {
  const auto [name, rest] = split(place);
  const auto* value = member(data, name);
  if (!value || value->is_null()) return {};
  if (!rest.empty()) return value_at(*value, rest);
  return value->is_string() ? value->get<std::string>() : dump_json(*value);
}

json value_of(std::string_view text, ValueKind kind) {
  if (kind != ValueKind::Text)
    if (auto value = parse_json(text); value && (kind == ValueKind::Json || (*value).is_number()))
      return std::move(*value);
  return std::string(text);
}

void set_value(json& canvas, std::string_view node, std::string_view place, std::string_view text, ValueKind kind,
               bool required) {
  // What is as it was stays as it is, to the last detail of how it was written.
  if (json* data = data_to_edit(canvas, node); data && value_at(*data, place) != text)
    put(*data, place, text, kind, required);
}

bool has_inputs(const json& data) { return data.size() > (data.contains("label") ? 1u : 0u); }

void add_input(json& canvas, std::string_view node, std::string_view name) {
  json* data = data_to_edit(canvas, node);
  if (!data) return;
  if (!has_inputs(*data)) (*data)["input"] = "";
  (*data)[std::string(name)] = "";
}

void remove_input(json& canvas, std::string_view node, std::string_view name) {
  if (json* data = data_to_edit(canvas, node)) data->erase(std::string(name));
}

bool is_in_list(const json& data, std::string_view place, std::string_view text) {
  for (const json& item : list_in(data, place))
    if (item.is_string() && item.get<std::string>() == text) return true;
  return false;
}

void toggle_in_list(json& canvas, std::string_view node, std::string_view place, std::string_view text) {
  json* data = data_to_edit(canvas, node);
  if (!data) return;
  json list = json::array();
  for (const json& item : list_in(*data, place))
    if (!item.is_string() || item.get<std::string>() != text) list.push_back(item);
  if (!is_in_list(*data, place, text)) list.push_back(std::string(text));
  if (list.empty()) data->erase(std::string(place));
  else (*data)[std::string(place)] = std::move(list);
}

}  // namespace ownkey::state
