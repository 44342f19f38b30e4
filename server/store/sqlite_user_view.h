// SqliteUserView: what Interface, a UserView or a UserStore, lets people look at, in an SQLite file. Inside store/
// only.
#pragma once

#include <utility>

#include "server/store/audit_chain.h"
#include "server/store/locked_database.h"
#include "server/store/user_rows.h"
#include "server/store/user_store.h"

namespace ownkey::store {

template <class Interface>
class SqliteUserView : public Interface {
 public:
  explicit SqliteUserView(Database database) : database_(std::move(database)) {}

  Result<CredentialRows> credentials() override { return database_.use(read_credentials); }

  Result<std::optional<CredentialRow>> credential(const base::CredentialId& id) override {
    return database_.use([&](Database& db) { return read_credential(db, id); });
  }

  Result<std::optional<CredentialRow>> find_credential(Provider provider, std::string_view label) override {
    return database_.use([&](Database& db) { return store::find_credential(db, provider, label); });
  }

  Result<std::vector<WorkflowRow>> workflows() override { return database_.use(read_workflows); }

  Result<std::vector<base::WorkflowId>> workflow_ids() override { return database_.use(read_workflow_ids); }

  Result<std::optional<WorkflowRow>> workflow(const base::WorkflowId& id) override {
    return database_.use([&](Database& db) { return read_workflow(db, id); });
  }

  Result<std::optional<TwoFactorRow>> second_factor() override { return database_.use(read_second_factor); }

  Result<std::optional<std::string>> preferences() override { return database_.use(read_preferences); }

  Result<std::vector<AuditEntry>> audit(std::optional<std::int64_t> before, std::size_t limit) override {
    return database_.use([&](Database& db) { return read_audit(db, before, limit); });
  }

 protected:
  LockedDatabase database_;
};

}  // namespace ownkey::store
