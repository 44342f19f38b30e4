#include "server/store/folder_view.h"

#include "server/store/data_folder.h"
#include "server/store/database.h"
#include "server/store/file_mark.h"
#include "server/store/user_file.h"
#include "server/store/user_stores.h"
#include "shared/fields.h"

namespace ownkey::store {
namespace {

// Nothing when the file or the table is not there yet.
std::optional<Database> open_with_table(const std::filesystem::path& file, std::string_view table) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  auto database = Database::open(file, {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").bind(1, table).step()) return std::nullopt;
  return database;
}

}  // namespace

Result<std::optional<base::UserId>> FolderView::find_user(std::string_view email) const {
  return guarded([&]() -> std::optional<base::UserId> {
    auto database = open_with_table(folder_ / kAccountsFile, "users");
    if (!database) return std::nullopt;
    auto row = database->prepare("SELECT user_id FROM users WHERE email = ?");
    if (!row.bind(1, email).step()) return std::nullopt;
    return base::UserId(row.text(0));
  });
}

Result<bool> FolderView::has_credential(const base::UserId& user, Provider provider, std::string_view label) const {
  return guarded([&] {
    auto accounts = open_with_table(folder_ / kAccountsFile, "users");
    const auto mark = accounts ? read_file_mark(*accounts, user) : FileMark::None;
    auto database = read_user_file(user_file(folder_, user), user, mark);
    if (!database) return false;
    auto row = database->prepare("SELECT 1 FROM credentials WHERE provider = ? AND label = ?");
    return row.bind_all(name_of(provider), label).step();
  });
}

}  // namespace ownkey::store
