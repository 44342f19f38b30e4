#include "shared/error_kind.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ownkey {
namespace {

using enum ErrorKind;

constexpr std::array<std::pair<ErrorKind, std::string_view>, 30> kCodes{{
    {InvalidRequest, "invalid_request"},
    {Unauthenticated, "unauthenticated"},
    {TwoFactorRequired, "two_factor_required"},
    {TwoFactorRejected, "two_factor_rejected"},
    {Forbidden, "forbidden"},
    {NotFound, "not_found"},
    {Conflict, "conflict"},
    {PayloadTooLarge, "payload_too_large"},
    {UnsupportedMediaType, "unsupported_media_type"},
    {RateLimited, "rate_limited"},
    {CsrfRejected, "csrf_rejected"},
    {NoCredential, "no_credential"},
    {CredentialInactive, "credential_inactive"},
    {CredentialUnreadable, "credential_unreadable"},
    {KeyRejected, "key_rejected"},
    {NoCredit, "no_credit"},
    {PermissionDenied, "permission_denied"},
    {CountryNotServed, "permission_denied"},
    {ModelNotFound, "model_not_found"},
    {ContextTooLong, "context_too_long"},
    {ProviderRateLimited, "provider_rate_limited"},
    {ProviderOverloaded, "provider_overloaded"},
    {ProviderUnreachable, "provider_unreachable"},
    {ProviderTimeout, "provider_timeout"},
    {ProviderError, "provider_error"},
    {RunFailed, "run_failed"},
    {LimitExceeded, "limit_exceeded"},
    {StorageFull, "storage_full"},
    {Busy, "rate_limited"},
    {Internal, "internal"},
}};

}  // namespace

std::string_view code_of(ErrorKind kind) {
  const auto* found =
      std::find_if(kCodes.begin(), kCodes.end(), [&](const auto& entry) { return entry.first == kind; });
  return found == kCodes.end() ? "internal" : found->second;
}

std::optional<ErrorKind> error_kind_of(std::string_view code) {
  const auto* found =
      std::find_if(kCodes.begin(), kCodes.end(), [&](const auto& entry) { return entry.second == code; });
  if (found == kCodes.end()) return std::nullopt;
  return found->first;
}

}  // namespace ownkey
