// The rows of a user's file that their owner makes. Inside store/ only: failures are thrown as StoreFailure. One thread
// at a time, like the Database that calls get.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/database.h"
#include "server/store/user_store.h"

namespace ownkey::store {

// By provider and label.
CredentialRows read_credentials(Database& db);
std::optional<CredentialRow> read_credential(Database& db, const base::CredentialId& id);
std::optional<CredentialRow> find_credential(Database& db, Provider provider, std::string_view label);
// Inserts the row, or replaces the one of the same id.
void write_credential(Database& db, const CredentialRow& row);

// Newest change first.
std::vector<WorkflowRow> read_workflows(Database& db);
std::vector<base::WorkflowId> read_workflow_ids(Database& db);
std::optional<WorkflowRow> read_workflow(Database& db, const base::WorkflowId& id);

std::optional<TwoFactorRow> read_second_factor(Database& db);

std::optional<std::string> read_preferences(Database& db);

}  // namespace ownkey::store
