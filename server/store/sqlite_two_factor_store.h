// A TwoFactorStore in the SQLite file of a UserStore. Inside store/ only.
#pragma once

#include "server/store/audit_chain.h"
#include "server/store/locked_database.h"
#include "server/store/two_factor_store.h"

namespace ownkey::store {

class SqliteTwoFactorStore final : public TwoFactorStore {
 public:
  // Both must outlive this.
  SqliteTwoFactorStore(LockedDatabase& database, const AuditChain& chain) : database_(database), chain_(chain) {}

  Result<std::optional<TwoFactorRow>> get() override;
  Result<void> set_up(const Make& make) override;
  Result<bool> enable(const std::string& id, std::int64_t step, std::span<const std::string> code_hashes,
                      const AuditNote& note) override;
  Result<bool> use_step(const std::string& id, std::int64_t step) override;
  Result<bool> use_recovery_code(const std::string& code_hash, const AuditNote& note) override;
  Result<bool> replace_recovery_codes(const std::string& id, std::span<const std::string> code_hashes,
                                      const AuditNote& note) override;
  Result<bool> remove(const std::string& id, const AuditNote& note) override;

 private:
  LockedDatabase& database_;
  const AuditChain& chain_;
};

}  // namespace ownkey::store
