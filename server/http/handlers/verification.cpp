// Checking a key with its provider: one that was just typed, or a stored one.
#include <utility>

#include "server/http/handlers/credential_path.h"
#include "server/http/handlers/handlers.h"
#include "server/http/problem.h"
#include "shared/api/credentials.h"
#include "shared/api/status.h"
#include "shared/validation.h"

namespace ownkey::http {
namespace {

constexpr int kRefused = 400;

// A key that did not pass is a problem, which also says how far the check came.
Result<Response> answer(const Result<llm::VerifyOutcome>& outcome, const Request& request) {
  if (!outcome) return outcome.error();
  if (outcome->error) return problem_response(kRefused, *outcome->error, request.request_id, outcome->verification);
  return json_response(200, api::VerifiedAnswer{"valid", outcome->verification});
}

}  // namespace

std::vector<Route> verification_routes(const Services& services) {
  auto& llm = services.llm;

  const Handler verify_typed = [&llm](const Request& request) -> Result<Response> {
    auto message = body_of<api::VerifyRequest>(request);
    if (!message) return message.error();
    const auto key = valid_api_key(message->api_key);
    if (!key) return key.error();
    auto user_llm = llm.for_user(request.caller().user);
    return answer(user_llm.verify(message->provider, key->key, message->base_url, request.client_left()), request);
  };
  const Handler verify_stored = [&llm](const Request& request) -> Result<Response> {
    const auto path = credential_path(request);
    if (!path) return path.error();
    if (const auto message = optional_body_of<api::Nothing>(request); !message) return message.error();
    auto user_llm = llm.for_user(request.caller().user);
    return answer(user_llm.verify_stored(path->provider, path->label, request.client(), request.client_left()),
                  request);
  };

  const auto verifies_stored = [&](const char* pattern) {
    return Route{"POST", pattern, verify_stored, Access::SignedIn, Body::OptionalJson}
        .checks_secret()
        .gives<api::VerifiedAnswer>("checks a stored key with its provider and keeps the result");
  };
  return {
      Route{"POST", "/api/settings/credentials/verify", verify_typed}
          .checks_secret()
          .takes<api::VerifyRequest>()
          .gives<api::VerifiedAnswer>("checks a key with its provider without storing it"),
      verifies_stored("/api/settings/credentials/{provider}/verify"),
      verifies_stored("/api/settings/credentials/{provider}/{label}/verify"),
  };
}

}  // namespace ownkey::http
