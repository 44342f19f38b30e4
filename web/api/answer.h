// From what came over the wire to what happened.
#pragma once

#include <string>
#include <type_traits>

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

// Why an answer other than 2xx, or none, or one that is not understood, came.
state::Failure failure_of(const platform::Answered& answer);
state::Failure not_understood(const Error& error);

inline bool succeeded(const platform::Answered& answer) { return answer.status >= 200 && answer.status < 300; }

template <class T>
state::Outcome<T> outcome_of(const platform::Answered& answer) {
  if (!succeeded(answer)) return {{}, failure_of(answer)};
  if constexpr (std::is_empty_v<T>) {
    return {T{}, {}};
  } else {
    auto value = parse_json(answer.body);
    if (!value) return {{}, not_understood(value.error())};
    auto result = from_json<T>(*value, Unknown::Ignore);
    if (!result) return {{}, not_understood(result.error())};
    return {std::move(*result), {}};
  }
}

}  // namespace ownkey::api
