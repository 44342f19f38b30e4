#include "server/http/handlers/credential_path.h"

#include <algorithm>

#include "server/vault/credential_vault.h"
#include "shared/validation.h"

namespace ownkey::http {
namespace {

bool has_parameter(const Request& request, std::string_view name) {
  return std::ranges::any_of(request.path_parameters, [&](const auto& parameter) { return parameter.first == name; });
}

}  // namespace

Result<CredentialPath> credential_path(const Request& request) {
  const auto& name = request.parameter("provider");
  const auto provider = named<Provider>(name);
  if (!provider)
    return Error{ErrorKind::NotFound,
                 "there is no provider '" + name + "' here; GET /api/settings/providers lists them"};
  if (!has_parameter(request, "label")) return CredentialPath{*provider, std::string(vault::kDefaultLabel)};
  auto label = valid_label(request.parameter("label"));
  // What cannot be a label is that of no key.
  if (!label) return vault::no_such_key(*provider, request.parameter("label"));
  return CredentialPath{*provider, std::move(*label)};
}

}  // namespace ownkey::http
