#include "server/http/problem.h"

namespace ownkey::http {

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::InvalidRequest: return 400;
    case ErrorKind::Unauthenticated:
    case ErrorKind::TwoFactorRequired:
    case ErrorKind::TwoFactorRejected: return 401;
    case ErrorKind::Forbidden: return 403;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::Conflict:
    case ErrorKind::LimitExceeded: return 409;  // of what a person may have
    case ErrorKind::PayloadTooLarge: return 413;
    case ErrorKind::UnsupportedMediaType: return 415;
    case ErrorKind::RateLimited: return 429;
    case ErrorKind::CsrfRejected: return 403;
    // What the caller's own key or input lacks: theirs to change.
    case ErrorKind::NoCredential:
    case ErrorKind::CredentialInactive:
    case ErrorKind::KeyRejected:
    case ErrorKind::NoCredit:
    case ErrorKind::PermissionDenied:
    case ErrorKind::CountryNotServed:
    case ErrorKind::ModelNotFound:
    case ErrorKind::ContextTooLong: return 400;
    case ErrorKind::CredentialUnreadable: return 409;
    // What a provider did: a gateway's answers.
    case ErrorKind::ProviderRateLimited:
    case ErrorKind::ProviderOverloaded: return 503;
    case ErrorKind::ProviderUnreachable:
    case ErrorKind::ProviderError: return 502;
    case ErrorKind::ProviderTimeout: return 504;
    case ErrorKind::Busy: return 503;
    case ErrorKind::StorageFull: return 507;
    case ErrorKind::RunFailed:
    case ErrorKind::Internal: break;
  }
  return 500;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
  }
}

Response problem_response(const Error& error, std::string_view request_id) {
  return problem_response(status_of(error.kind), error, request_id);
}

Response problem_response(int status, const Error& error, std::string_view request_id,
                          std::optional<api::Verification> verification) {
  api::Problem problem{.type = "about:blank",
                       .title = std::string(reason_of(status)),
                       .status = status,
                       .code = std::string(code_of(error.kind)),
                       .detail = error.public_text,
                       .field = {},
                       .request_id = std::string(request_id),
                       .verification = std::move(verification)};
  if (!error.field.empty()) problem.field = error.field;
  Response response = text_response(status, "application/problem+json", dump_json(to_json(problem)));
  response.problem = error.kind;
  if (error.retry_after_s) response.set_header("Retry-After", std::to_string(*error.retry_after_s));
  // RFC 9110 §11.6.1: a 401 names a way to sign in. Bearer makes no browser open its own password dialog.
  if (status == 401) response.set_header("WWW-Authenticate", "Bearer");
  return response;
}

void log_problem(base::Log& log, const Error& error, std::string_view request_id) {
  if (error.log_text.empty()) return;
  if (error.kind == ErrorKind::Internal || error.kind == ErrorKind::StorageFull)
    log.error(error.log_text, {{"request", request_id}, {"code", code_of(error.kind)}});
  else log.info(error.log_text, {{"request", request_id}, {"code", code_of(error.kind)}});
}

}  // namespace ownkey::http
