// Which providers a person can bring a key of.
#include "server/http/handlers/handlers.h"
#include "shared/api/credentials.h"

namespace ownkey::http {

std::vector<Route> provider_routes(const Services& services) {
  const Handler list = [&llm = services.llm](const Request&) -> Result<Response> {
    std::vector<api::ProviderEntry> entries;
    for (const auto& [provider, name] : names_of(Provider{})) {
      const auto& info = provider_info(provider);
      entries.push_back({provider, std::string(info.name), std::string(info.key_hint), std::string(info.docs_url),
                         info.needs_base_url, llm.serves(provider)});
    }
    return json_response(200, entries);
  };
  return {Route{"GET", "/api/settings/providers", list}.gives<std::vector<api::ProviderEntry>>(
      "lists the providers of which a key can be saved")};
}

}  // namespace ownkey::http
