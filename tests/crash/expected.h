// Expected: what may stand in one place of the data after a kill: the last value that was acknowledged, or one that was
// tried since. Each place has one writer, who waits for an answer before trying the next value.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ownkey::crash {

class Expected {
 public:
  using Value = std::optional<std::string>;  // nothing: there is none

  void try_value(Value value) { tried_.push_back(std::move(value)); }
  void acknowledge() {
    certain_ = std::move(tried_.back());
    tried_.clear();
  }

  bool allows(const Value& found) const {
    return found == certain_ || std::find(tried_.begin(), tried_.end(), found) != tried_.end();
  }
  // What was found is what there is from now on.
  void settle(Value found) {
    certain_ = std::move(found);
    tried_.clear();
  }

  const Value& certain() const { return certain_; }
  bool is_certain() const { return tried_.empty(); }

 private:
  Value certain_;
  std::vector<Value> tried_;
};

}  // namespace ownkey::crash
