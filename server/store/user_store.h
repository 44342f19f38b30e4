// UserStore: everything of one person. It is opened for a user and sees that user's file alone, so there is no call in
// it that could name another user. What a call changes and the note that tells of it become durable as one.
//
// An interface, so that another engine can serve it later. Safe from several threads. A call that changes something
// returns when the change is on the disk. Keys come and go sealed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/sealed.h"
#include "server/store/audit.h"
#include "server/store/late_rows.h"
#include "server/store/run_rows.h"
#include "server/store/sealed_columns.h"
#include "server/store/two_factor_store.h"
#include "server/store/usage_store.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::store {

// The key before the present one of a row, kept so that replacing it can be undone.
struct PreviousKey {
  std::string masked_key;
  base::Sealed sealed_key;  // for its own column, and the row's generation
  bool is_active = true;
  std::optional<std::string> base_url;
  std::optional<base::Time> last_verified_at;
  std::optional<std::string> verification;  // JSON
  base::Time replaced_at;
  base::Time until;
};

struct CredentialRow {
  base::CredentialId id;
  Provider provider{};
  std::string label;
  std::string masked_key;
  base::Sealed sealed_key;
  std::uint64_t generation = 0;
  bool is_active = true;
  std::optional<std::string> base_url;
  base::Time created_at;
  base::Time updated_at;
  std::optional<base::Time> last_used_at;
  std::optional<base::Time> last_verified_at;
  std::optional<std::string> verification;  // JSON
  std::optional<PreviousKey> previous = {};
};

// What was read once: shared, since it does not change.
using CredentialRows = std::shared_ptr<const std::vector<CredentialRow>>;

// What can be changed without the key. Nothing leaves it as it is.
struct CredentialEdit {
  std::optional<bool> is_active;
  std::optional<std::string> label;
};

// A row to store, and what is to be told of it.
struct CredentialChange {
  CredentialRow row;
  AuditNote note;
};

struct WorkflowRow {
  base::WorkflowId id;
  std::string name;
  std::string description;
  std::string canvas_state;  // JSON
  std::string status;
  base::Time created_at;
  base::Time updated_at;
};

struct WorkflowLimits {
  std::int64_t count;
  std::int64_t bytes;  // of all drawings together
};

// What can be looked at.
class UserView {
 public:
  virtual ~UserView() = default;

  // By provider and label.
  virtual Result<CredentialRows> credentials() = 0;
  virtual Result<std::optional<CredentialRow>> credential(const base::CredentialId& id) = 0;
  virtual Result<std::optional<CredentialRow>> find_credential(Provider provider, std::string_view label) = 0;

  // Newest change first.
  virtual Result<std::vector<WorkflowRow>> workflows() = 0;
  // In that order.
  virtual Result<std::vector<base::WorkflowId>> workflow_ids() = 0;
  virtual Result<std::optional<WorkflowRow>> workflow(const base::WorkflowId& id) = 0;

  virtual Result<std::optional<TwoFactorRow>> second_factor() = 0;

  // JSON; nothing until it is put for the first time.
  virtual Result<std::optional<std::string>> preferences() = 0;

  // Newest first, those before the given sequence.
  virtual Result<std::vector<AuditEntry>> audit(std::optional<std::int64_t> before, std::size_t limit) = 0;
};

class UserStore : public UserView {
 public:
  // Reads, makes and stores a row as one step (inserted, or in the place of the one of the same id): nobody, in this
  // process or another, writes to this user's data meanwhile. Whoever seals a value chooses the data key inside `make`,
  // so that it cannot be one that is being given up. `make` gets the row that there is and the number of all rows; its
  // Error changes nothing.
  using MakeCredential =
      std::function<Result<CredentialChange>(std::optional<CredentialRow> existing, std::size_t count)>;
  virtual Result<CredentialRow> change_credential(Provider provider, std::string_view label,
                                                  const MakeCredential& make) = 0;
  // As one step. Nothing, and nothing is told, when there is none of this label; Conflict (field "label") when the new
  // one is taken. The note says when.
  virtual Result<std::optional<CredentialRow>> edit_credential(Provider provider, std::string_view label,
                                                               const CredentialEdit& edit, const AuditNote& note) = 0;
  // Takes previous keys away whose time has come, and all that was removed or replaced before out of the file and its
  // log. Busy while somebody else reads the file: nothing is left to be read then, but bytes are. Try again.
  virtual Result<void> erase_previous_keys(base::Time now) = 0;
  // Takes the previous key along. False, and nothing is told, when there was none.
  virtual Result<bool> remove_credential(Provider provider, std::string_view label, const AuditNote& note) = 0;
  // Only while the row has this generation, so that nothing is said of a key that was saved meanwhile. False when it
  // has another, or is gone. The note says when.
  virtual Result<bool> set_verification(const base::CredentialId& id, std::uint64_t generation,
                                        std::string_view verification, const AuditNote& note) = 0;
  virtual Result<bool> set_last_used(const base::CredentialId& id, std::uint64_t generation, base::Time now) = 0;

  // Offers each sealed value of the file and stores what comes back in its place; nothing leaves it as it is. All of it
  // or nothing; nobody writes to this user's data meanwhile.
  using Reseal = std::function<std::optional<base::Sealed>(const SealedValue& value)>;
  virtual Result<void> reseal_all(const Reseal& reseal, const AuditNote& note) = 0;

  // LimitExceeded, and nothing changes, beyond the limits.
  virtual Result<void> add_workflow(const WorkflowRow& row, const WorkflowLimits& limits, const AuditNote& note) = 0;
  // The same for one that is there. False, and nothing is told, when there is none of this id.
  virtual Result<bool> replace_workflow(const WorkflowRow& row, const WorkflowLimits& limits,
                                        const AuditNote& note) = 0;
  virtual Result<bool> remove_workflow(const base::WorkflowId& id, const AuditNote& note) = 0;

  // JSON.
  virtual Result<void> put_preferences(std::string_view preferences, const AuditNote& note) = 0;

  // For what changes nothing else here.
  virtual Result<void> append_audit(const AuditNote& note) = 0;

  // These live as long as this.
  virtual UsageStore& usage() = 0;
  virtual TwoFactorStore& two_factor() = 0;
  virtual RunRows& runs() = 0;
  // What runs leave behind; all of it or nothing.
  virtual Result<void> put(const LateRows& rows) = 0;
};

}  // namespace ownkey::store
