// Reading "{provider}" and "{label}" out of a path.
#pragma once

#include <string>

#include "server/http/message.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::http {

struct CredentialPath {
  Provider provider{};
  std::string label;  // "default" when the path has none
};

// NotFound when there is no such provider, InvalidRequest when the label could not be one.
Result<CredentialPath> credential_path(const Request& request);

}  // namespace ownkey::http
