#include "server/backup/make_backup.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "server/backup/files.h"
#include "server/backup/needed_keys.h"
#include "server/backup/unfinished_folder.h"
#include "server/crypto/digest.h"
#include "server/store/data_folder.h"
#include "server/store/folder_copy.h"
#include "server/store/key_facts.h"
#include "server/store/user_stores.h"
#include "server/vault/key_ring.h"

namespace ownkey::backup {
namespace {

bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto inner = std::filesystem::weakly_canonical(path, ignored);
  const auto outer = std::filesystem::weakly_canonical(folder, ignored);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

Result<void> check_target(const BackupWork& work) {
  if (lies_in(work.target, work.data))
    return invalid("", work.target.string() + " lies in the data folder and would be lost with it; name another place");
  std::error_code error;
  if (!std::filesystem::exists(work.target, error)) return {};
  if (!std::filesystem::is_directory(work.target, error) || !std::filesystem::is_empty(work.target, error) || error)
    return invalid("", work.target.string() + " is there already and is not an empty folder; name a new one");
  return {};
}

Error no_room(const BackupWork& work) {
  return {ErrorKind::StorageFull,
          "there is no room for the backup in " + work.target.string() + "; make room there, or name another place"};
}

// In the order of the manifest.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder,
                                            const std::vector<base::UserId>& users) {
  std::vector<std::filesystem::path> files{store::kAccountsFile};
  for (const auto& user : users)
    if (std::filesystem::exists(store::user_file(folder, user))) files.push_back(store::user_file({}, user));
  return files;
}

Result<std::vector<File>> list_files(const std::filesystem::path& folder, const std::vector<base::UserId>& users,
                                     const Progress& progress) {
  std::vector<File> list;
  const auto paths = files_of(folder, users);
  for (const auto& path : paths) {
    auto content = read_content(folder / path);
    if (!content) return std::move(content.error());
    list.push_back({path.generic_string(), content->bytes, std::move(content->sha256)});
    progress("files read again", std::ssize(list), std::ssize(paths));
  }
  return list;
}

Result<vault::Examination> try_keys(const std::filesystem::path& folder, const store::KeyFacts& facts,
                                    const crypto::MasterKeys& keys, crypto::Random& random, const Progress& progress,
                                    const std::function<void(const vault::Finding&)>& found) {
  const auto accounts = store::open_account_store_read_only(folder / store::kAccountsFile);
  if (!accounts) return accounts.error();
  const store::UserStores users(folder, 1, crypto::sha256_text);
  const auto ring = vault::KeyRing::of_fitting(facts, keys, random);
  return vault::KeyDoctor(**accounts, users, ring)
      .examine(vault::KeyDoctor::Depth::Values, found, [&](const vault::Examination& so_far) {
        progress("users whose keys were tried", so_far.users, 0);
        return true;
      });
}

Backup describe(const store::KeyFacts& facts, const store::FolderCopy& copy, const BackupWork& work,
                base::Time begun_at) {
  Backup backup{.ownkey_version = work.ownkey_version,
                .created_at = base::rfc3339(begun_at),
                .instance_id = facts.instance.id,
                .master_keys = needed_keys(facts),
                .users = std::ssize(copy.users),
                .files = 0,
                .damaged_users = {}};
  for (const auto& user : copy.damaged) backup.damaged_users.push_back(user.text());
  return backup;
}

}  // namespace

Result<BackupReport> make_backup(const BackupWork& work, crypto::Random& random, const base::Clock& clock,
                                 const Progress& progress, const std::function<void(const vault::Finding&)>& found) {
  if (auto fits = check_target(work); !fits) return fits.error();
  auto folder = UnfinishedFolder::begin(work.target);
  if (!folder) return std::move(folder.error());
  const auto begun_at = clock.now();
  const auto copy = store::copy_data_folder(
      work.data, folder->path(), [&](std::int64_t done, std::int64_t all) { progress("users copied", done, all); });
  if (!copy) return copy.error().kind == ErrorKind::StorageFull ? no_room(work) : copy.error();
  const auto accounts_file = folder->path() / store::kAccountsFile;
  if (auto sound = store::check_accounts_copy(accounts_file); !sound) return sound.error();
  const auto facts = store::read_key_facts(accounts_file);
  if (!facts) return facts.error();
  if (!*facts) return Error{ErrorKind::Internal, "the copy of accounts.db is empty; try again"};

  auto files = list_files(folder->path(), copy->users, progress);
  if (!files) return std::move(files.error());
  BackupReport report{.backup = describe(**facts, *copy, work, begun_at), .bytes = 0, .examination = {}};
  report.backup.files = std::ssize(*files);
  for (const auto& file : *files) report.bytes += file.bytes;
  if (work.keys) {
    auto examination = try_keys(folder->path(), **facts, *work.keys, random, progress, found);
    if (!examination) return std::move(examination.error());
    report.examination = *examination;
  }
  if (auto written = write_manifest(folder->path(), {report.backup, std::move(*files)}); !written)
    return written.error();
  if (auto published = folder->publish(); !published) return published.error();
  return report;
}

}  // namespace ownkey::backup
