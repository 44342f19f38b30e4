// The description of the API as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0), made from the table of routes, and the same
// as Markdown for people. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "server/http/route.h"
#include "shared/json.h"

namespace ownkey::http {

json openapi_document(const std::vector<Route>& routes);

// docs/api.md, made from the document.
std::string api_markdown(const json& document);

}  // namespace ownkey::http
