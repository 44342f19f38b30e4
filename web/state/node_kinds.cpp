#include "web/state/node_kinds.h"

#include <algorithm>

#include "shared/validation.h"

namespace ownkey::state {
namespace {

struct Row {
  std::string_view types;  // separated by spaces
  std::string_view place, label, help;
  Entry entry = Entry::Line;
  ValueKind value = ValueKind::Text;
  bool required = false;
};

constexpr Row kRows[] = {
    {"llm agent", "model", "Model", "The name your provider gives it.", Entry::Model, ValueKind::Text, true},
    {"llm agent", "provider", "Provider", "Told by the model's name, if left open.", Entry::Provider},
    {"llm agent", "credential", "Key", "Which of your keys it runs on.", Entry::Key},
    {"llm agent", "system_prompt", "System prompt", "How it is to behave. {{field}} stands for an input.", Entry::Area},
    {"llm agent", "prompt", "Prompt", "Asked when no step before it brings one. {{field}} stands for an input.",
     Entry::Area},
    {"llm agent", "temperature", "Temperature", "From 0 to 2; the provider's own if left empty.", Entry::Number,
     ValueKind::Number},
    {"llm agent", "max_tokens", "Most tokens", "Of the answer.", Entry::Number, ValueKind::Number},
    {"agent", "max_steps", "Most steps", "How often it may ask its model: 1 to 25, 10 if left empty.", Entry::Number,
     ValueKind::Number},
    {"tool", "tool", "Tool", "", Entry::Tool, ValueKind::Text, true},
    {"condition", "field", "Input to look at", "Such as generated_text.", Entry::Line, ValueKind::Text, true},
    {"condition", "operator", "Comparison", "", Entry::Operator, ValueKind::Text, true},
    {"condition", "value", "Value", "{{field}} stands for an input.", Entry::Line, ValueKind::Text, true},
    {"template", "template", "Text", "{{field}} stands for an input.", Entry::Area, ValueKind::Text, true},
    {"custom", "inputs", "Inputs", "A list of names, as JSON.", Entry::Area, ValueKind::Json},
    {"custom", "outputs", "Outputs", "A list of names, or of objects with a name and a value, as JSON.", Entry::Area,
     ValueKind::Json},
    {"llm agent tool", "timeout_s", "Longest time", "In seconds, all tries together.", Entry::Limit, ValueKind::Number},
    {"llm agent tool", "retries", "Retries", "After errors that may pass: up to 5.", Entry::Limit, ValueKind::Number},
    {"llm agent", "token_budget", "Token budget", "For all its calls, in and out.", Entry::Limit, ValueKind::Number},
};

bool is_among(std::string_view types, std::string_view type) {
  for (std::size_t at = types.find(type); at != std::string_view::npos; at = types.find(type, at + 1)) {
    const std::size_t end = at + type.size();
    if ((at == 0 || types[at - 1] == ' ') && (end == types.size() || types[end] == ' ')) return true;
  }
  return false;
}

constexpr std::size_t kShortText = 40;

// The members of an input node's data are what the workflow is given; one called "input" goes by the node's own name.
void add_inputs(const json& node, std::vector<NodeField>& fields) {
  const json& data = data_of(node);
  const auto add = [&](const std::string& name, const json& value) {
    const bool long_text =
        value.is_structured() || name == "input" || (value.is_string() && value.get<std::string>().size() > kShortText);
    fields.push_back({name, name == "input" ? label_of(node) : readable(name), "",
                      long_text ? Entry::Area : Entry::Line,
                      value.is_string() || value.is_null() ? ValueKind::Text : ValueKind::Json, true});
  };
  for (const auto& item : data.items())
    if (item.key() != "label") add(item.key(), item.value());
  if (!has_inputs(data)) add("input", json());
}

void add_arguments(const json& node, const std::vector<api::ToolEntry>& tools, std::vector<NodeField>& fields) {
  const std::string_view name = text_in(data_of(node), "tool");
  for (const auto& tool : tools) {
    if (tool.name != name || !tool.args.is_object()) continue;
    const auto properties = tool.args.find("properties");
    if (properties == tool.args.end() || !properties->is_object()) return;
    for (const auto& item : properties->items()) {
      const std::string_view type = text_in(item.value(), "type");
      std::string help = readable(text_in(item.value(), "description"));
      help += help.empty() ? "Comes from the input of that name, if left empty."
                           : ". Comes from the input of that name, if left empty.";
      fields.push_back({"args." + item.key(), readable(item.key()), std::move(help), Entry::Line,
                        type == "string" ? ValueKind::Text : ValueKind::Json});
    }
  }
}

}  // namespace

const std::vector<NodeKind>& node_kinds() {
  static const std::vector<NodeKind> kinds{
      {"input", "Input", "Where a run begins"},           {"llm", "Model call", "Asks a model"},
      {"agent", "Agent", "A model that uses tools"},      {"tool", "Tool", "Calls one tool"},
      {"template", "Text", "A text with inputs in it"},   {"condition", "Condition", "Goes on one way or the other"},
      {"custom", "Custom", "Inputs and outputs by name"}, {"default", "Pass on", "Hands on what it gets"},
      {"output", "Output", "What the workflow answers"},  {"end", "End", "Where a run ends"},
  };
  return kinds;
}

std::string readable(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string kind_name(std::string_view type) {
  for (const auto& kind : node_kinds())
    if (kind.type == type) return std::string(kind.name);
  return readable(type);
}

std::vector<NodeField> node_fields(const json& node, const std::vector<api::ToolEntry>* tools) {
  const std::string_view type = type_of(node);
  std::vector<NodeField> fields;
  fields.push_back({"label", "Name", "What this step is called."});
  if (type == "input") add_inputs(node, fields);
  const auto add_rows = [&](bool limits) {
    for (const auto& row : kRows)
      if (is_among(row.types, type) && (row.entry == Entry::Limit) == limits)
        fields.push_back({std::string(row.place), std::string(row.label), std::string(row.help), row.entry, row.value,
                          row.required});
  };
  add_rows(false);
  if (type == "tool" && tools) add_arguments(node, *tools, fields);
  add_rows(true);
  return fields;
}

Result<std::string> input_name(std::string_view typed, const json& data) {
  std::string name(trimmed(typed));
  std::replace(name.begin(), name.end(), ' ', '_');
  if (name.empty()) return invalid("", "enter a name for the input, such as question");
  if (name.find_first_of(".{}") != std::string::npos) return invalid("", "leave out dots and braces");
  if (name == "label" || data.contains(name)) return invalid("", "there is one of that name already; choose another");
  return name;
}

std::vector<NodeField> run_fields(const json& canvas) {
  std::vector<NodeField> all;
  for (const json& node : nodes_of(canvas)) {
    if (type_of(node) != "input") continue;
    std::vector<NodeField> fields;
    add_inputs(node, fields);
    for (auto& field : fields) {
      const auto is_same = [&](const NodeField& other) { return other.place == field.place; };
      if (std::none_of(all.begin(), all.end(), is_same)) all.push_back(std::move(field));
    }
  }
  return all;
}

json new_node_data(std::string_view type, std::string_view model) {
  json data = json::object();
  data["label"] = kind_name(type);
  if (type == "input") data["input"] = "";
  if (type == "llm" || type == "agent") data["model"] = std::string(model);
  if (type == "tool") data["tool"] = "calculator";
  if (type == "template") data["template"] = "{{input}}";
  if (type == "condition") {
    data["field"] = "generated_text";
    data["operator"] = "contains";
    data["value"] = "";
  }
  return data;
}

const std::vector<Words>& operators() {
  static const std::vector<Words> words{
      {"equals", "is"},
      {"not_equals", "is not"},
      {"contains", "contains"},
      {"not_contains", "does not contain"},
      {"starts_with", "begins with"},
      {"ends_with", "ends with"},
      {"greater", "is greater than"},
      {"greater_or_equal", "is at least"},
      {"less", "is less than"},
      {"less_or_equal", "is at most"},
      {"exists", "is there"},
      {"empty", "is empty"},
  };
  return words;
}

}  // namespace ownkey::state
