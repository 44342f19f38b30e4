// TokenBudget: how many tokens a run or one of its nodes may still use. Safe from several threads.
//
// Asked before each call of a model. Calls that run at the same time may pass a limit together, since nobody knows what
// they will cost; each of them is told to answer with no more than what was left.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/api/runs.h"
#include "shared/result.h"

namespace ownkey::workflow {

class TokenBudget {
 public:
  // No limit when `most` is empty. `outer` is asked and charged as well, and must outlive this.
  TokenBudget(std::string_view whose, std::optional<std::int64_t> most, TokenBudget* outer = nullptr)
      : whose_(whose), most_(most), outer_(outer) {}

  // Whether a call may be made that takes about so many tokens before the model says a word.
  Result<void> allow(std::int64_t input_tokens) const {
    if (most_ && used_ + input_tokens >= *most_)
      return Error{ErrorKind::LimitExceeded, std::string(whose_) + " may use " + std::to_string(*most_) + " tokens; " +
                                                 std::to_string(used_) + " are used, and this call needs " +
                                                 std::to_string(input_tokens) + " or more"};
    return outer_ ? outer_->allow(input_tokens) : Result<void>();
  }

  // Nothing when there is no limit.
  std::optional<std::int64_t> left() const {
    const auto outer = outer_ ? outer_->left() : std::nullopt;
    if (!most_) return outer;
    const auto own = std::max<std::int64_t>(*most_ - used_, 0);
    return outer ? std::min(own, *outer) : own;
  }

  void use(const api::Usage& usage) {
    used_ += usage.input_tokens + usage.output_tokens;
    if (outer_) outer_->use(usage);
  }

 private:
  const std::string_view whose_;
  const std::optional<std::int64_t> most_;
  TokenBudget* const outer_;
  std::atomic<std::int64_t> used_ = 0;
};

}  // namespace ownkey::workflow
