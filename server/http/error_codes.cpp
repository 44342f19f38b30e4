#include "server/http/error_codes.h"

#include <algorithm>

#include "server/http/problem.h"
#include "shared/error_kind.h"

namespace ownkey::http {
namespace {

std::string_view meaning_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::InvalidRequest: return "something in the request is wrong; `field` names it where it is one field";
    case ErrorKind::Unauthenticated: return "nobody is signed in, or the e-mail address or password is wrong";
    case ErrorKind::TwoFactorRequired: return "the password is right; send it once more, with `totp_code`";
    case ErrorKind::TwoFactorRejected: return "the `totp_code` is wrong, too old, or was used already";
    case ErrorKind::Forbidden: return "this may not be done: the current password is wrong, the account is disabled, …";
    case ErrorKind::NotFound: return "there is no such thing, or it belongs to somebody else";
    case ErrorKind::Conflict: return "it does not go with what is there: a label or an address that is taken, …";
    case ErrorKind::PayloadTooLarge: return "the body is too large";
    case ErrorKind::UnsupportedMediaType: return "the body is not `application/json`, or is compressed";
    case ErrorKind::RateLimited:
    case ErrorKind::Busy:
      return "too many tries (429), or too much to do just now (503); wait for `Retry-After` seconds";
    case ErrorKind::CsrfRejected:
      return "a request with a cookie lacks what shows that it does not come from elsewhere";
    case ErrorKind::NoCredential: return "there is no key for this provider; no call was made";
    case ErrorKind::CredentialInactive: return "the key is switched off; no call was made";
    case ErrorKind::CredentialUnreadable: return "the stored key cannot be decrypted; save it again";
    case ErrorKind::KeyRejected: return "the provider does not accept the key";
    case ErrorKind::NoCredit: return "the provider's account behind the key has no credit left";
    case ErrorKind::PermissionDenied:
    case ErrorKind::CountryNotServed: return "the key may not do this, or its provider does not serve this country";
    case ErrorKind::ModelNotFound: return "the provider has no such model for this key";
    case ErrorKind::ContextTooLong: return "the input is too long for the model";
    case ErrorKind::ProviderRateLimited: return "the provider limits how often this key may ask";
    case ErrorKind::ProviderOverloaded: return "the provider has too much to do just now";
    case ErrorKind::ProviderUnreachable: return "there is no connection to the provider";
    case ErrorKind::ProviderTimeout: return "the provider did not answer in time";
    case ErrorKind::ProviderError: return "the provider failed, or refused the request for another reason";
    case ErrorKind::RunFailed: return "a run, or a node of it, did not come to its end";
    case ErrorKind::LimitExceeded: return "more than a person may have, or a run may use";
    case ErrorKind::StorageFull: return "the server's disk is full; nothing was stored";
    case ErrorKind::Internal: return "a fault of the server; its log has more under the `request_id`";
  }
  return "";
}

}  // namespace

std::vector<ErrorCode> error_codes() {
  std::vector<ErrorCode> codes;
  for (int i = 0; i <= static_cast<int>(ErrorKind::Internal); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    const auto known = std::ranges::find(codes, code_of(kind), &ErrorCode::code);
    if (known != codes.end()) known->statuses.insert(status_of(kind));
    else codes.push_back({code_of(kind), {status_of(kind)}, meaning_of(kind)});
  }
  return codes;
}

}  // namespace ownkey::http
