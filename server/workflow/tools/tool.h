// Tool: something that an agent or a tool node can call. One file per tool in tools/; tools.cpp lists them.
//
// A tool may be called from several threads at once. Its arguments were checked against its schema before. A failure is
// for the model to read, so it says what to do differently; it never ends the run of an agent.
#pragma once

#include <string>
#include <string_view>

#include "server/base/cancel_token.h"
#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

class Tool {
 public:
  virtual ~Tool() = default;

  virtual std::string_view name() const = 0;
  virtual std::string_view description() const = 0;
  // JSON Schema of an object (schema.h says which part of it).
  virtual json args() const = 0;
  // Why it cannot be called on this server; empty when it can.
  virtual std::string unavailable() const { return {}; }

  virtual Result<json> call(const json& args, const base::CancelToken& cancel) const = 0;
};

}  // namespace ownkey::workflow
