// From what came over the wire to what happened.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "shared/fields.h"
#include "shared/secret.h"
#include "web/platform/event.h"
#include "web/state/remote.h"

namespace ownkey::api {

// The body of a request. Its JSON is the one place where a typed secret exists outside of a Secret: wiped at once.
Secret body_text(json&& value);

template <class T>
Secret body_of(const T& request) {
  return body_text(to_json<Secrets::Reveal>(request));
}

// Why an answer other than 2xx, or none, came.
state::Failure failure_of(const platform::Answered& answer);

inline bool succeeded(const platform::Answered& answer) { return answer.status >= 200 && answer.status < 300; }

// Fills the target from the body of an answer that succeeded, and else says what happened.
std::optional<state::Failure> read_answer(const platform::Answered& answer, const shape::Shape& shape, void* target);

template <class T>
state::Outcome<T> outcome_of(const platform::Answered& answer) {
  state::Outcome<T> outcome;
  T& value = outcome.value.emplace();
  std::optional<state::Failure> failure;
  if constexpr (!std::is_empty_v<T>) failure = read_answer(answer, shape_of<T>(), &value);
  else if (!succeeded(answer)) failure = failure_of(answer);
  if (failure) outcome = {{}, std::move(*failure)};
  return outcome;
}

}  // namespace ownkey::api
