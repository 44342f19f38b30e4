#include <algorithm>
#include <map>

#include "server/http/openapi.h"
#include "shared/text.h"

namespace ownkey::http {
namespace {

constexpr std::string_view kMessages = "#/components/schemas/";

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string link_to(const std::string& message) { return "[" + message + "](#" + lowered(message) + ")"; }

std::string limits_of(const json& schema) {
  if (const auto most = schema.find("maxLength"); most != schema.end()) return ", at most " + most->dump() + " bytes";
  if (schema.contains("minimum")) return ", " + schema["minimum"].dump() + " to " + schema["maximum"].dump();
  return "";
}

std::string type_of(const json& schema) {
  if (const auto reference = schema.find("$ref"); reference != schema.end())
    return link_to(reference->get<std::string>().substr(kMessages.size()));
  if (schema.contains("x-enum-descriptions")) return "one of the [codes](#errors)";
  if (const auto choices = schema.find("enum"); choices != schema.end()) {
    std::string text;
    for (const auto& choice : *choices) text += (text.empty() ? "" : ", ") + code(choice);
    return text;
  }
  const std::string type = schema.value("type", "anything");
  if (type == "array") return "list of " + type_of(schema["items"]);
  if (type == "integer") return "whole number" + limits_of(schema);
  if (type == "boolean") return "true or false";
  if (type == "string") return "text" + limits_of(schema);
  return type + limits_of(schema);
}

std::string body_of(const json& operation) {
  const auto body = operation.find("requestBody");
  if (body == operation.end()) return "–";
  return type_of(body->at("content").at("application/json").at("schema")) +
         (body->value("required", false) ? "" : ", or nothing");
}

std::string answer_of(const json& operation) {
  std::string text;
  for (const auto& [status, response] : operation.at("responses").items()) {
    if (status == "default") continue;
    text += status;
    std::string separator = " ";
    const auto contents = response.value("content", json::object());
    for (const auto& [type, content] : contents.items()) {
      text += separator + (type == "application/json" ? type_of(content.at("schema")) : code(type));
      separator = " or ";
    }
  }
  return text;
}

std::string parameters_of(const json& operation) {
  std::string text;
  const auto parameters = operation.value("parameters", json::array());
  for (const auto& parameter : parameters)
    if (parameter.at("in") != "path")
      text += "; " + code(parameter.at("name")) + ": " + parameter.at("description").get<std::string>();
  return text;
}

std::string row_of(const std::string& method, const std::string& path, const json& operation) {
  std::string upper = method;
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  const bool for_anyone = operation.contains("security");
  return "| `" + upper + " " + path + "` | " + operation.at("summary").get<std::string>() +
         (for_anyone ? " (no sign-in needed)" : "") + parameters_of(operation) + " | " + body_of(operation) + " | " +
         answer_of(operation) + " |\n";
}

std::string operations_of(const json& document) {
  std::map<std::string, std::string> rows;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items())
      rows[operation.at("tags").at(0)] += row_of(method, path, operation);
  std::string text;
  for (const auto& [topic, lines] : rows)
    text += "\n## " + topic + "\n\n| request | what it does | body | answer |\n| --- | --- | --- | --- |\n" + lines;
  return text;
}

// The codes are what their enum says of itself: "404: there is no such thing".
std::string errors_of(const json& document) {
  const auto& schema = document.at("components").at("schemas").at("Problem").at("properties").at("code");
  std::string text = "\n## Errors\n\n| code | status | what it means |\n| --- | --- | --- |\n";
  for (std::size_t i = 0; i < schema.at("enum").size(); ++i) {
    const auto said = schema.at("x-enum-descriptions").at(i).get<std::string>();
    const auto colon = said.find(": ");
    text +=
        "| " + code(schema.at("enum").at(i)) + " | " + said.substr(0, colon) + " | " + said.substr(colon + 2) + " |\n";
  }
  return text + "\nIn the log of a run, `interrupted` stands at runs that a stop or a crash of the server ended.\n";
}

std::string messages_of(const json& document) {
  std::string text = "\n## Messages\n";
  for (const auto& [name, schema] : document.at("components").at("schemas").items()) {
    text += "\n### " + name + "\n\n| field | type | |\n| --- | --- | --- |\n";
    const auto& required = schema.at("required");
    for (const auto& [field, type] : schema.at("properties").items())
      text += "| " + code(field) + " | " + type_of(type) + " | " +
              (std::find(required.begin(), required.end(), field) == required.end() ? "may be absent" : "") + " |\n";
  }
  return text;
}

}  // namespace

std::string api_markdown(const json& document) {
  return "# The API\n\n" + document.at("info").at("description").get<std::string>() +
         "\n\nA running server gives the same as OpenAPI 3.1 at `/api/openapi.json`; this page is made from it.\n" +
         errors_of(document) + operations_of(document) + messages_of(document);
}

}  // namespace ownkey::http
