// The models that a person's keys reach.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "shared/api/models.h"

namespace ownkey::http {
namespace {

Result<std::optional<Provider>> provider_of(const Request& request) {
  const auto text = request.query_value("provider");
  if (!text) return std::optional<Provider>();
  if (const auto provider = named<Provider>(*text)) return std::optional(*provider);
  return invalid("provider", "'provider' must be one of: openai, google, anthropic, openai_compatible");
}

}  // namespace

std::vector<Route> model_routes(const Services& services) {
  const Handler list = [&llm = services.llm](const Request& request) -> Result<Response> {
    const auto provider = provider_of(request);
    if (!provider) return provider.error();
    const auto models = llm.for_user(request.caller().user).models(*provider, request.client_left());
    if (!models) return models.error();
    return json_response(200, *models);
  };
  return {Route{"GET", "/api/models", list}
              .asks<Provider>("provider", "of this provider alone")
              .gives<std::vector<api::Model>>("lists the models that the person's active keys reach")};
}

}  // namespace ownkey::http
