// What can go wrong, in the words of the HTTP contract: each kind has one snake_case code that clients may rely on.
#pragma once

#include <optional>
#include <string_view>

namespace ownkey {

enum class ErrorKind {
  InvalidRequest,
  Unauthenticated,
  TwoFactorRequired,  // the password is right, and a code must come with it
  TwoFactorRejected,
  Forbidden,
  NotFound,
  Conflict,
  PayloadTooLarge,
  UnsupportedMediaType,
  RateLimited,
  CsrfRejected,
  NoCredential,
  CredentialInactive,
  CredentialUnreadable,
  KeyRejected,
  NoCredit,
  PermissionDenied,
  CountryNotServed,  // no setting of the key can give this permission; on the wire it is "permission_denied"
  ModelNotFound,
  ContextTooLong,
  ProviderRateLimited,
  ProviderOverloaded,
  ProviderUnreachable,
  ProviderTimeout,
  ProviderError,
  RunFailed,
  LimitExceeded,
  StorageFull,
  Busy,  // this server has too much to do just now; on the wire it is "rate_limited"
  Internal,
};

// The code on the wire, e.g. "invalid_request".
std::string_view code_of(ErrorKind kind);

// The kind of a code; nothing for a code that this version does not know.
std::optional<ErrorKind> error_kind_of(std::string_view code);

}  // namespace ownkey
