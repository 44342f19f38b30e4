// Remote<T>: something that lives on the server, as far as the page knows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "shared/api/credentials.h"
#include "shared/error_kind.h"

namespace ownkey::state {

// Why a request did not do what it was meant to, in words for the person.
struct Failure {
  ErrorKind kind = ErrorKind::Internal;
  std::string text;
  std::string field = {};  // of the request, where one is at fault
  bool offline = false;    // no answer came at all
  std::optional<api::Verification> verification = {};
  std::optional<std::uint32_t> edit = {};  // of the form that it is about: it no longer holds once that is edited
};

template <class T>
struct Outcome {
  std::optional<T> value;
  Failure failure;

  explicit operator bool() const { return value.has_value(); }
  T& operator*() { return *value; }
};

template <class T>
class Remote {
 public:
  enum class Phase { Idle, Loading, Ready, Failed };

  Phase phase() const { return phase_; }
  bool loading() const { return phase_ == Phase::Loading; }
  bool failed() const { return phase_ == Phase::Failed; }

  // What is known stays on show while a newer state is loaded, or could not be.
  T* value() { return value_ ? &*value_ : nullptr; }
  const T* value() const { return value_ ? &*value_ : nullptr; }

  // Another number for each value that was ever taken: what was found out about the value holds for one of these.
  std::uint32_t revision() const { return revision_; }

  const Failure& failure() const { return failure_; }
  double since_s() const { return since_s_; }

  void load(double now_s) {
    phase_ = Phase::Loading;
    since_s_ = now_s;
  }
  void take(Outcome<T> outcome) {
    phase_ = outcome ? Phase::Ready : Phase::Failed;
    if (outcome) {
      value_ = std::move(*outcome);
      revision_ = ++last_revision_;
    } else failure_ = std::move(outcome.failure);
  }
  void set(T value) { take({std::move(value), {}}); }
  // What came is not wanted any more: what was known stays.
  void stay() { phase_ = Phase::Ready; }
  void reset() { *this = {}; }

 private:
  Phase phase_ = Phase::Idle;
  std::optional<T> value_;
  Failure failure_;
  double since_s_ = 0;
  std::uint32_t revision_ = 0;
  inline static std::uint32_t last_revision_ = 0;
};

}  // namespace ownkey::state
