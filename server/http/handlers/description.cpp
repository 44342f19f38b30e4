// The description of this API, for programs that make clients of it.
#include <memory>
#include <string>
#include <utility>

#include "server/http/handlers/handlers.h"
#include "server/http/openapi.h"

namespace ownkey::http {

Route description_route(std::vector<Route> others) {
  const auto text = std::make_shared<std::string>();
  const Handler describe = [text](const Request&) -> Result<Response> {
    return text_response(200, "application/json", *text);
  };
  auto own =
      Route{"GET", "/api/openapi.json", describe, Access::Anyone}.gives<json>("describes this API (OpenAPI 3.1)");
  own.cache = Cache::Revalidate;
  others.push_back(own);
  *text = dump_json(openapi_document(others));
  return own;
}

}  // namespace ownkey::http
