// What a user's file tells of what was done with it: a note goes in, an entry of the chain comes out. Never a secret.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/base/bytes.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "shared/audit_action.h"
#include "shared/error_kind.h"

namespace ownkey::store {

struct AuditNote {
  AuditAction action{};
  std::string subject;  // what it was done to: provider/label of a key (and its new label), or an id
  base::Client client;
  base::Time at;
  std::optional<ErrorKind> failure = {};  // nothing: it succeeded
};

struct AuditEntry {
  std::int64_t sequence = 0;  // 1 for the first; no number is left out
  base::Time at;
  std::string action;  // a name of AuditAction, unless somebody changed it
  std::string subject;
  base::Client client;
  std::string result;  // "success", or the code of an error
  std::string previous_hash;
  std::string hash;
};

// SHA-256 as text in hexadecimal. Given from outside, because store/ has no cryptography.
using AuditHash = std::string (*)(base::ByteView bytes);

}  // namespace ownkey::store
