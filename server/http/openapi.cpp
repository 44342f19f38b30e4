#include "server/http/openapi.h"

#include <array>
#include <string_view>
#include <utility>

#include "server/http/error_codes.h"
#include "server/http/schema.h"
#include "server/http/session_cookie.h"
#include "server/http/text.h"
#include "shared/api/problem.h"
#include "shared/provider.h"
#include "shared/validation.h"

namespace ownkey::http {
namespace {

constexpr std::string_view kAbout =
    R"(Each person brings their own LLM keys, and what runs for them runs on those.

**Signing in.** A program signs in with `POST /api/auth/login` and sends the `access_token` of the answer as
`Authorization: Bearer …`. A token ends 24 hours after its last use and 30 days after it was given, or with `POST
/api/auth/logout`. A page asks for `"session": "cookie"` and gets an HttpOnly cookie instead; with it, all requests but GET and HEAD
need `X-Ownkey: 1` and `Content-Type: application/json`, also without a body, and a `Sec-Fetch-Site` or `Origin` of this very server.

**Requests** hold no field that is not listed; answers may grow new ones. Times are RFC 3339 UTC texts, ids are opaque texts.
A body comes with its `Content-Length`. Lists that take `before` and `limit` give the newest first: for more, ask again with the
last one as `before`.

**Errors** are `application/problem+json`: act on `code`, show `detail` to people, who read there what to do.

**Streams** (`text/event-stream`) have the events that docs/workflows.md lists; a comment every 15 seconds keeps them open.)";

// "auth", "credentials", "workflows" …; "server" for what is not part of the API.
std::string topic_of(std::string_view pattern) {
  const auto parts = split(pattern, '/');
  if (parts.size() < 3 || parts[1] != "api") return "server";
  const auto topic = parts[2] == "settings" && parts.size() > 3 ? parts[3] : parts[2];
  return topic.ends_with(".json") ? "server" : std::string(topic);
}

// Unique, as method and pattern are: "get_settings_credentials_by_provider_uses".
std::string operation_id(const Route& route) {
  std::string id = lowered(route.method);
  for (const auto part : split(route.pattern, '/')) {
    if (part.empty() || part == "api") continue;
    id += part.starts_with('{') ? "_by_" + std::string(part.substr(1, part.size() - 2)) : "_" + std::string(part);
  }
  return id;
}

json path_schema(std::string_view name, Schemas& schemas) {
  if (name == "provider") return schemas.of<Provider>();
  json schema = schemas.of<std::string>();
  if (name == "label") schema["maxLength"] = kMaxLabelBytes;
  return schema;
}

json parameters_of(const Route& route, Schemas& schemas) {
  json all = json::array();
  for (const auto part : split(route.pattern, '/')) {
    if (!part.starts_with('{')) continue;
    const auto name = part.substr(1, part.size() - 2);
    all.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", path_schema(name, schemas)}});
  }
  for (const auto& [name, meaning, schema, in] : route.contract.parameters)
    all.push_back({{"name", name},
                   {"in", in == In::Query ? "query" : "header"},
                   {"description", meaning},
                   {"schema", schema(schemas)}});
  return all;
}

json code_schema() {
  json codes = json::array(), meanings = json::array();
  for (const auto& [code, statuses, meaning] : error_codes()) {
    std::string text;
    for (const int status : statuses) text += (text.empty() ? "" : " or ") + std::to_string(status);
    codes.push_back(code);
    meanings.push_back(text + ": " + std::string(meaning));
  }
  return {{"type", "string"}, {"enum", std::move(codes)}, {"x-enum-descriptions", std::move(meanings)}};
}

json body_of(const Route& route, Schemas& schemas) {
  json schema = route.contract.takes(schemas);
  schema["unevaluatedProperties"] = false;
  return {{"required", route.body == Body::Json},
          {"description", "at most " + std::to_string(route.body_cap) + " bytes"},
          {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

json responses_of(const Route& route, Schemas& schemas) {
  json all{{"default", {{"$ref", "#/components/responses/Problem"}}}};
  for (const auto& answer : route.contract.answers) {
    auto& response = all[std::to_string(answer.status)];
    response["description"] = "done";
    if (answer.content_type.empty()) continue;
    response["content"][answer.content_type]["schema"] =
        answer.schema ? answer.schema(schemas) : schemas.of<std::string>();
  }
  return all;
}

json operation_of(const Route& route, Schemas& schemas) {
  json operation{{"operationId", operation_id(route)},
                 {"summary", route.contract.meaning},
                 {"tags", {topic_of(route.pattern)}},
                 {"responses", responses_of(route, schemas)}};
  if (auto parameters = parameters_of(route, schemas); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (route.contract.takes) operation["requestBody"] = body_of(route, schemas);
  if (route.access == Access::Anyone) operation["security"] = json::array();
  return operation;
}

}  // namespace

json openapi_document(const std::vector<Route>& routes) {
  Schemas schemas;
  json paths = json::object();
  for (const auto& route : routes) paths[route.pattern][lowered(route.method)] = operation_of(route, schemas);
  const json problem{{"description", "what went wrong, and what to do"},
                     {"content", {{"application/problem+json", {{"schema", schemas.of<api::Problem>()}}}}}};
  auto messages = schemas.components();
  messages["Problem"]["properties"]["code"] = code_schema();
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Ownkey"}, {"version", "1"}, {"description", kAbout}}},
          {"paths", std::move(paths)},
          {"security", {{{"bearer", json::array()}}, {{"cookie", json::array()}}}},
          {"components",
           {{"schemas", std::move(messages)},
            {"responses", {{"Problem", problem}}},
            {"securitySchemes",
             {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
              {"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", SessionCookie(true).name()}}}}}}}};
}

}  // namespace ownkey::http
