#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "server/store/database.h"

namespace ownkey::store {
namespace {

struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

// Before SQLite does it, which would give the file the mode of everything else that this process makes.
void make_new_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0)
    throw StoreFailure({ErrorKind::Internal, "the file " + file.string() + " cannot be made; is it there already?"});
  ::close(descriptor);
}

}  // namespace

std::filesystem::path Database::file() const { return sqlite3_db_filename(connection_.get(), "main"); }

void Database::copy_to(const std::filesystem::path& target) {
  make_new_private_file(target);
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(target.c_str(), &raw, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, nullptr);
  Database copy(raw);
  if (opened != SQLITE_OK) fail(raw, opened);
  // Nobody reads a copy that is not whole, so there is nothing to roll back to; FULL brings it to the disk at its end.
  copy.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL");
  std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(raw, "main", connection_.get(), "main"));
  if (!backup) fail(raw, sqlite3_extended_errcode(raw));
  // All pages at once: in WAL mode that is one read transaction, which holds nobody up and sees one committed state.
  const int code = sqlite3_backup_step(backup.get(), -1);
  backup.reset();
  if (code != SQLITE_DONE) fail(nullptr, code);
}

std::optional<std::string> Database::find_damage(Check check) {
  try {
    auto row = prepare(check == Check::Full ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
    if (!row.step()) return "the check gave no answer";
    auto text = row.text(0);
    if (text == "ok") return std::nullopt;
    return text;
  } catch (const StoreFailure& failure) {
    if (!failure.is_damage()) throw;
    return failure.error().log_text;
  }
}

}  // namespace ownkey::store
