#include "web/api/answer.h"

#include "shared/api/problem.h"
#include "shared/json_writer.h"

namespace ownkey::api {
namespace {

void wipe_texts(json& value) {
  if (value.is_string()) wipe(value.get_ref<std::string&>());
  else if (value.is_structured())
    for (auto& child : value) wipe_texts(child);
}

std::size_t bytes_of_texts(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size();
  std::size_t bytes = 0;
  if (value.is_structured())
    for (const auto& child : value) bytes += bytes_of_texts(child) + 16;
  return bytes;
}

// For answers of something between us and the server, which speaks no problem+json.
state::Failure plain_failure(int status) {
  if (status == 401) return {ErrorKind::Unauthenticated, "sign in to go on"};
  if (status == 413) return {ErrorKind::PayloadTooLarge, "this is too large to send; make it smaller"};
  if (status == 429) return {ErrorKind::RateLimited, "too many tries; wait a minute and try again"};
  if (status == 502 || status == 503 || status == 504)
    return {ErrorKind::Internal, "the server is not available right now; try again in a moment"};
  return {ErrorKind::Internal,
          "the server answered with an error (" + std::to_string(status) + "); try again in a moment"};
}

}  // namespace

Secret body_text(json&& value) {
  // Room for all of it at once: a text that grows leaves copies behind.
  std::string whole;
  whole.reserve(bytes_of_texts(value) * 2 + 1024);
  write_json(value, whole);
  Secret text = Secret::take(std::move(whole));
  wipe_texts(value);
  return text;
}

state::Failure failure_of(const platform::Answered& answer) {
  if (answer.status == 0)
    return {.kind = ErrorKind::Internal,
            .text = "Ownkey cannot be reached; check your connection and try again",
            .offline = true};
  const auto problem = parse_as<Problem>(answer.body, Unknown::Ignore);
  if (!problem) return plain_failure(answer.status);
  return {error_kind_of(problem->code).value_or(ErrorKind::Internal), problem->detail, problem->field.value_or(""),
          false, problem->verification};
}

std::optional<state::Failure> read_answer(const platform::Answered& answer, const shape::Shape& shape, void* target) {
  if (!succeeded(answer)) return failure_of(answer);
  // From our own server, which keeps to limits of its own.
  const auto value = parse_json(answer.body, SIZE_MAX);
  const auto error =
      value ? shape::read(*value, shape, target, Unknown::Ignore, {}) : std::optional<Error>(value.error());
  if (!error) return std::nullopt;
  return state::Failure{ErrorKind::Internal,
                        "the server's answer was not understood (" + error->public_text + "); reload the page"};
}

}  // namespace ownkey::api
