#include "server/vault/master_key_rotation.h"

#include <utility>

namespace ownkey::vault {
namespace {

// Small enough that a server's own write never waits long for a batch.
constexpr std::size_t kBatch = 1000;

Result<std::int64_t> count_of_others(store::AccountStore& accounts, crypto::MasterKeyId primary) {
  const auto uses = accounts.master_key_use();
  if (!uses) return uses.error();
  std::int64_t count = 0;
  for (const auto& use : *uses)
    if (use.master_key_id != primary) count += use.data_keys;
  return count;
}

class Rewrapping {
 public:
  Rewrapping(store::AccountStore& accounts, const KeyRing& keys, const RewrapProgress& progress, std::int64_t all)
      : accounts_(accounts), keys_(keys), progress_(progress), all_(all) {}

  Result<void> all_of(crypto::MasterKeyId master_key) {
    std::optional<store::DataKeyRow> last;
    for (;;) {
      auto rows = accounts_.data_keys_wrapped_by(master_key, last, kBatch);
      if (!rows) return rows.error();
      if (rows->empty()) return {};
      last = rows->back();
      if (auto done = batch(std::move(*rows)); !done) return done;
    }
  }

  const RewrapReport& report() const { return report_; }

 private:
  Result<void> batch(std::vector<store::DataKeyRow> rows) {
    std::vector<store::AccountStore::Rewrapped> changes;
    changes.reserve(rows.size());
    for (auto& row : rows) {
      if (auto change = keys_.rewrap(std::move(row))) changes.push_back(std::move(*change));
      else ++report_.unreadable;
    }
    const auto replaced = accounts_.replace_wrapped(changes);
    if (!replaced) return replaced.error();
    report_.rewrapped += *replaced;
    progress_(report_.rewrapped, all_);
    return {};
  }

  store::AccountStore& accounts_;
  const KeyRing& keys_;
  const RewrapProgress& progress_;
  const std::int64_t all_;
  RewrapReport report_;
};

}  // namespace

Result<RewrapReport> rewrap_data_keys(store::AccountStore& accounts, const KeyRing& keys,
                                      const RewrapProgress& progress) {
  const auto all = count_of_others(accounts, keys.primary());
  if (!all) return all.error();
  const auto uses = accounts.master_key_use();
  if (!uses) return uses.error();
  Rewrapping rewrapping(accounts, keys, progress, *all);
  for (const auto& use : *uses)
    if (use.master_key_id != keys.primary())
      if (auto done = rewrapping.all_of(use.master_key_id); !done) return done.error();
  const auto remaining = count_of_others(accounts, keys.primary());
  if (!remaining) return remaining.error();
  auto report = rewrapping.report();
  report.remaining = *remaining;
  return report;
}

}  // namespace ownkey::vault
