// TwoFactorStore: the second factor of one person, in that person's file. It knows no secret: that comes sealed, and
// recovery codes come as keyed hashes.
//
// Safe from several threads. A call that changes something returns when the change is on the disk, and the note of it
// with it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "server/base/clock.h"
#include "server/base/sealed.h"
#include "server/store/audit.h"
#include "shared/result.h"

namespace ownkey::store {

struct TwoFactorRow {
  std::string id;  // another for each secret
  std::string kind;
  base::Sealed sealed_secret;
  std::uint64_t generation = 0;
  base::Time created_at;
  std::optional<base::Time> enabled_at = {};  // nothing as long as no code of it was seen
  std::int64_t last_step = 0;                 // of the codes that were used
  std::int64_t recovery_codes = 0;            // that are left
};

class TwoFactorStore {
 public:
  virtual ~TwoFactorStore() = default;

  virtual Result<std::optional<TwoFactorRow>> get() = 0;
  // In the place of one that is not enabled; Conflict when it is. `make` is called while nobody else writes to this
  // user's data, as in UserStore::change_credential.
  using Make = std::function<Result<TwoFactorRow>()>;
  virtual Result<void> set_up(const Make& make) = 0;

  // Of these, each is false, and nothing is told, when the row of this id is gone.

  // False too when it is enabled already.
  virtual Result<bool> enable(const std::string& id, std::int64_t step, std::span<const std::string> code_hashes,
                              const AuditNote& note) = 0;
  // False too when this step or a later one was used: of two that come at once with one code, one gets in.
  virtual Result<bool> use_step(const std::string& id, std::int64_t step) = 0;
  // False when it is none of those that are left.
  virtual Result<bool> use_recovery_code(const std::string& code_hash, const AuditNote& note) = 0;
  virtual Result<bool> replace_recovery_codes(const std::string& id, std::span<const std::string> code_hashes,
                                              const AuditNote& note) = 0;
  virtual Result<bool> remove(const std::string& id, const AuditNote& note) = 0;
};

}  // namespace ownkey::store
