// The graded check of a key: what the answer to "list your models" tells about it. Costs no tokens. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.h"
#include "server/llm/chat.h"
#include "shared/api/credentials.h"
#include "shared/provider.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::llm {

struct VerifyOutcome {
  api::Verification verification;
  // Why the key cannot be used now; nothing for a key that works as far as can be told.
  std::optional<Error> error;
};

// A key that may not list models is accepted all the same: restricted keys are like that, and chat may well work.
VerifyOutcome grade(Provider provider, const Secret& key, const Result<std::vector<Model>>& models,
                    base::Time checked_at, std::chrono::milliseconds latency);

// What a rejected key looks like instead: a URL, JSON, another provider's key. Empty when nothing strikes. Only ever a
// hint: providers change their keys' shapes.
std::string hint_about(Provider provider, const Secret& key);

}  // namespace ownkey::llm
