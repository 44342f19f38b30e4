#include "tests/crash/data_look.h"

#include <sqlite3.h>

#include <memory>

#include "server/store/audit_check.h"
#include "server/vault/key_doctor.h"

namespace ownkey::crash {
namespace {

// The first column of the first row.
std::string ask(const std::filesystem::path& file, const char* sql) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(opened, sqlite3_close);
  if (code != SQLITE_OK) return sqlite3_errstr(code);
  sqlite3_busy_timeout(opened, 5000);
  std::string answer;
  const auto take_first = [](void* text, int, char** values, char**) {
    *static_cast<std::string*>(text) = values[0] ? values[0] : "";
    return 1;
  };
  const int ran = sqlite3_exec(opened, sql, take_first, &answer, nullptr);
  return ran == SQLITE_OK || ran == SQLITE_ABORT ? answer : sqlite3_errmsg(opened);
}

}  // namespace

int schema_version(const std::filesystem::path& file) { return std::stoi(ask(file, "PRAGMA user_version")); }

DataLook::DataLook(const std::filesystem::path& folder, const std::string& master_keys, Report& report)
    : report_(report), folder_(folder), data_(folder, master_keys) {}

std::optional<base::UserId> DataLook::find_user(const std::string& email) {
  auto row = test::value_of(data_.accounts->find_user(email));
  if (!row) return std::nullopt;
  return std::move(row->id);
}

std::vector<StoredKey> DataLook::keys_of(const base::UserId& user) {
  std::vector<StoredKey> keys;
  for (auto& info : test::value_of(data_.vault.list(user))) {
    const auto opened = data_.vault.open(user, info.id);
    if (!opened) {
      report_.add(Harm::Undecryptable, user.text() + "'s " + std::string(name_of(info.provider)) +
                                           " key: " + opened.error().public_text + " / " + opened.error().log_text);
      continue;
    }
    keys.push_back({std::move(info), std::string(opened->reveal())});
  }
  return keys;
}

void DataLook::check_file_of(const base::UserId& user) {
  const auto file = data_.users.file_of(user);
  if (std::filesystem::exists(file)) check_file(file);
  const auto mark = test::value_of(data_.accounts->file_mark(user));
  const auto audit = store::check_audit(file, user, mark, crypto::sha256_text);
  if (!audit) report_.add(Harm::Corrupt, file.string() + ": " + audit.error().public_text);
  else if (audit->broken) report_.add(Harm::Corrupt, file.string() + "'s audit log: " + audit->broken->reason);
}

void DataLook::check_accounts_file() { check_file(folder_ / "accounts.db"); }

void DataLook::check_all_files() {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
    if (entry.path().extension() == ".db") check_file(entry.path());
}

void DataLook::check_file(const std::filesystem::path& file) {
  if (const auto answer = ask(file, "PRAGMA integrity_check"); answer != "ok")
    report_.add(Harm::Corrupt, file.string() + ": " + answer);
}

void DataLook::check_all_keys() {
  const auto report = [&](const vault::Finding& finding) {
    report_.add(Harm::Undecryptable, finding.user.text() + "'s " + finding.name + ": " + finding.reason);
  };
  const auto examined = vault::KeyDoctor(*data_.accounts, data_.users, data_.keys)
                            .examine(vault::KeyDoctor::Depth::Values, report, [](const auto&) { return true; });
  if (!examined) report_.add(Harm::Corrupt, examined.error().public_text + " / " + examined.error().log_text);
}

}  // namespace ownkey::crash
