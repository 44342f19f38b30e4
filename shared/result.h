// Result<T>: a value, or the Error that stands in its way. Services return it; exceptions are for broken invariants
// only. Like a std::optional in use: test it, then * or -> it. Reading the side that is not there ends the program.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "shared/error_kind.h"

namespace ownkey {

struct Error {
  ErrorKind kind = ErrorKind::Internal;
  // For the person: what happened and what to do. Never holds a secret, a path or a provider's raw words.
  std::string public_text;
  // For the operator's log: details that are not the person's business. Never holds a secret either.
  std::string log_text = {};
  // The request field at fault, as a path ("canvas_state.nodes[2].id"); empty when none is.
  std::string field = {};
  // How long to wait before another try is worth it, in seconds.
  std::optional<int> retry_after_s = {};
};

inline Error invalid(std::string field, std::string public_text) {
  return {ErrorKind::InvalidRequest, std::move(public_text), {}, std::move(field)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return failure(); }
  const Error& error() const& { return failure(); }
  Error&& error() && { return std::move(failure()); }

 private:
  T& value() { return state_.index() == 0 ? *std::get_if<0>(&state_) : die<T>(); }
  const T& value() const { return state_.index() == 0 ? *std::get_if<0>(&state_) : die<T>(); }
  Error& failure() { return state_.index() == 1 ? *std::get_if<1>(&state_) : die<Error>(); }
  const Error& failure() const { return state_.index() == 1 ? *std::get_if<1>(&state_) : die<Error>(); }

  template <class U>
  [[noreturn]] static U& die() {
    std::abort();
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }

  Error& error() & { return failure(); }
  const Error& error() const& { return const_cast<Result*>(this)->failure(); }
  Error&& error() && { return std::move(failure()); }

 private:
  Error& failure() {
    if (!error_) std::abort();
    return *error_;
  }

  std::optional<Error> error_;
};

}  // namespace ownkey
