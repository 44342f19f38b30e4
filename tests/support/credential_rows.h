// Rows of keys as a test wants them, whatever is in them: sealed by nobody, or damaged on purpose.
#pragma once

#include "server/base/client.h"
#include "server/store/user_store.h"
#include "shared/result.h"

namespace ownkey::test {

// Inserts the row, or replaces the one of the same id.
inline Result<void> put_row(store::UserStore& store, const store::CredentialRow& row) {
  const store::AuditNote note{AuditAction::CredentialReplaced, row.label, base::Client{"127.0.0.1", "test"},
                              row.updated_at};
  const auto put = store.change_credential(row.provider, row.label,
                                           [&](const auto&, std::size_t) -> Result<store::CredentialChange> {
                                             return store::CredentialChange{row, note};
                                           });
  if (!put) return put.error();
  return {};
}

}  // namespace ownkey::test
