#include "server/store/file_mark.h"

#include "server/store/database.h"

namespace ownkey::store {

FileMark read_file_mark(Database& accounts, const base::UserId& user) {
  if (!accounts.prepare("SELECT 1 FROM pragma_table_info('users') WHERE name = 'has_file'").step())
    return FileMark::None;
  auto row = accounts.prepare("SELECT has_file FROM users WHERE user_id = ?");
  return row.bind(1, user.text()).step() && row.integer(0) != 0 ? FileMark::Made : FileMark::None;
}

}  // namespace ownkey::store
