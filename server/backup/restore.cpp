#include "server/backup/restore.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/backup/files.h"
#include "server/backup/needed_keys.h"
#include "server/backup/unfinished_folder.h"
#include "server/store/account_store.h"
#include "server/store/data_folder.h"
#include "server/store/folder_copy.h"
#include "server/store/key_facts.h"
#include "server/vault/key_ring.h"

namespace ownkey::backup {
namespace {

constexpr std::string_view kKeyFile = "master.key";

Error not_trusted(const std::filesystem::path& backup, const std::string& why) {
  return {ErrorKind::InvalidRequest,
          backup.string() + " cannot be restored: " + why + "; use another backup (nothing was changed)"};
}

bool has_key_file(const std::filesystem::path& data) {
  std::error_code ignored;
  return std::filesystem::exists(data / kKeyFile, ignored);
}

Result<void> check_target(const std::filesystem::path& data) {
  std::error_code error;
  if (!std::filesystem::exists(data, error)) return {};
  const std::filesystem::directory_iterator first(data, error), end;
  if (error) return invalid("", data.string() + " is not a folder that can be read; name another one with --data");
  const bool is_free = std::all_of(first, end, [](const auto& entry) { return entry.path().filename() == kKeyFile; });
  if (!is_free)
    return invalid("", data.string() +
                           " holds something already, and a restore overwrites nothing; move it away, or name another "
                           "folder with --data");
  return {};
}

Result<void> copy_checked(const RestoreWork& work, const std::filesystem::path& to, const Manifest& manifest,
                          const Progress& progress) {
  for (std::int64_t done = 0; const auto& file : manifest.files) {
    const auto target = to / file.path;
    std::error_code ignored;  // shows when the file is made
    std::filesystem::create_directories(target.parent_path(), ignored);
    const auto content = copy_with_content(work.backup / file.path, target);
    if (!content) return content.error();
    if (*content != Content{file.bytes, file.sha256})
      return not_trusted(work.backup, file.path + " is not what was backed up");
    const auto sound =
        file.path == store::kAccountsFile ? store::check_accounts_copy(target) : store::check_user_copy(target);
    if (!sound) return not_trusted(work.backup, file.path + ": " + sound.error().public_text);
    progress("files", ++done, std::ssize(manifest.files));
  }
  return {};
}

Result<void> check_keys(const RestoreWork& work, const std::filesystem::path& accounts_file, const Backup& backup) {
  const auto facts = store::read_key_facts(accounts_file);
  if (!facts) return facts.error();
  if (!*facts || (*facts)->instance.id != backup.instance_id || needed_keys(**facts) != backup.master_keys)
    return not_trusted(work.backup, "manifest.jsonl is not about this accounts.db");
  if (!work.keys) return {};
  return vault::check_master_keys(**facts, *work.keys);
}

// Whoever has no file in the backup because it was damaged must not be taken for somebody who has stored nothing yet: a
// new file would have no second factor in it. The accounts of a backup may know nothing of that, as those of an older
// version do.
Result<void> mark_left_out(const std::filesystem::path& accounts_file, const Backup& backup) {
  if (backup.damaged_users.empty()) return {};
  const auto accounts = store::open_account_store(accounts_file);
  if (!accounts) return accounts.error();
  for (const auto& user : backup.damaged_users)
    if (auto marked = (*accounts)->mark_file_made(base::UserId(user)); !marked) return marked;
  return {};
}

Result<void> put_in_place(UnfinishedFolder& folder, const std::filesystem::path& data) {
  if (!has_key_file(data)) return folder.publish();
  // The same file under a second name: a key is never copied.
  if (::link((data / kKeyFile).c_str(), (folder.path() / kKeyFile).c_str()) != 0)
    return Error{ErrorKind::Internal, (data / kKeyFile).string() + " cannot be kept in its place (" +
                                          std::strerror(errno) +
                                          "); move it away, restore, and put it back (nothing was changed)"};
  return folder.publish_in_exchange(kKeyFile);
}

}  // namespace

Result<Manifest> restore(const RestoreWork& work, const Progress& progress) {
  if (auto is_free = check_target(work.data); !is_free) return is_free.error();
  auto manifest = read_manifest(work.backup);
  if (!manifest) return manifest;
  auto folder = UnfinishedFolder::begin(work.data);
  if (!folder) return std::move(folder.error());
  if (auto copied = copy_checked(work, folder->path(), *manifest, progress); !copied) return copied.error();
  if (auto fits = check_keys(work, folder->path() / store::kAccountsFile, manifest->backup); !fits) return fits.error();
  if (auto marked = mark_left_out(folder->path() / store::kAccountsFile, manifest->backup); !marked)
    return marked.error();
  if (auto placed = put_in_place(*folder, work.data); !placed) return placed.error();
  return manifest;
}

}  // namespace ownkey::backup
