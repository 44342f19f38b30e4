// The one place where an Error becomes an HTTP answer: its kind gives the status, its public text the detail
// (RFC 9457 application/problem+json). Pure functions.
#pragma once

#include <string_view>

#include "server/base/log.h"
#include "server/http/message.h"
#include "shared/api/problem.h"
#include "shared/error_kind.h"
#include "shared/result.h"

namespace ownkey::http {

int status_of(ErrorKind kind);
// "Not Found" for 404; for the status line and a problem's title.
std::string_view reason_of(int status);

// With Retry-After where the error says how long to wait.
Response problem_response(const Error& error, std::string_view request_id);
// The same with a status of its own, or with more in the body (`verification`).
Response problem_response(int status, const Error& error, std::string_view request_id,
                          std::optional<api::Verification> verification = {});

// Writes down what the answer does not say. Nothing for errors without a log text.
void log_problem(base::Log& log, const Error& error, std::string_view request_id);

}  // namespace ownkey::http
