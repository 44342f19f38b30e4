#include <filesystem>
#include <string>
#include <system_error>

#include "server/base/files.h"
#include "server/store/database.h"

namespace ownkey::store {
namespace {

std::filesystem::path copy_of(const std::filesystem::path& file) {
  return file.string() + std::string(kBeforeMigration);
}

[[noreturn]] void refuse_damaged(const std::filesystem::path& file, const std::string& damage) {
  throw StoreFailure(
      {ErrorKind::Internal,
       "the file that holds this data is damaged, so it was not moved to this version; the operator must "
       "bring it back from a backup with 'ownkey restore'",
       file.string() + ": " + damage},
      StoreFailure::Cause::Damage);
}

}  // namespace

void Database::refuse_newer(std::span<const std::string_view> steps) {
  const auto known = static_cast<int>(steps.size());
  if (const int version = schema_version(); version > known)
    throw StoreFailure({ErrorKind::Internal, "the database was written by a newer version of ownkey (schema " +
                                                 std::to_string(version) + ", this program knows " +
                                                 std::to_string(known) + "); run that version, or restore a backup"});
}

bool Database::is_at(std::span<const std::string_view> steps) {
  return schema_version() == static_cast<int>(steps.size());
}

void Database::migrate(std::span<const std::string_view> steps) {
  const auto known = static_cast<int>(steps.size());
  // Another process may be doing the same: what counts is the version seen under the lock.
  for (bool done = schema_version() == known; !done;) {
    Transaction transaction(*this);
    refuse_newer(steps);
    const int version = schema_version();
    if (version > 0 && version < known) copy_before_migration();
    if (version < known) {
      execute(steps[static_cast<std::size_t>(version)]);
      execute("PRAGMA user_version=" + std::to_string(version + 1));
    }
    done = version >= known;
    transaction.commit();
  }
  end_migration();
}

// Called under the write lock. A copy that is there is from a run that was stopped: it holds the older state, and
// stays.
void Database::copy_before_migration() {
  const auto copy = copy_of(file());
  if (std::filesystem::exists(copy)) return;
  const std::filesystem::path part = copy.string() + ".part";
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  try {
    // By a connection of its own, since this one is in a transaction.
    open(file(), {.if_missing = OpenOptions::IfMissing::Fail}).copy_to(part);
    constexpr OpenOptions kLook{OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly};
    if (const auto damage = open(part, kLook).find_damage(Check::Quick)) refuse_damaged(file(), *damage);
  } catch (const StoreFailure& failure) {
    std::filesystem::remove(part, ignored);
    if (failure.error().kind != ErrorKind::StorageFull) throw;
    throw StoreFailure({ErrorKind::StorageFull,
                        "the server's disk has no room for the copy that is made before this data moves to a new "
                        "version, so nothing was changed; ask the operator to make room",
                        failure.error().log_text});
  }
  std::filesystem::rename(part, copy);
  base::sync_folder(copy.parent_path());
}

void Database::end_migration() {
  const auto copy = copy_of(file());
  if (!std::filesystem::exists(copy)) return;
  if (const auto damage = find_damage(Check::Quick)) refuse_damaged(file(), *damage);
  std::error_code ignored;  // another process may have been quicker
  std::filesystem::remove(copy, ignored);
}

}  // namespace ownkey::store
