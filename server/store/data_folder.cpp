#include "server/store/data_folder.h"

namespace ownkey::store {

std::filesystem::path user_file(const std::filesystem::path& folder, const base::UserId& user) {
  return folder / "users" / user.text().substr(0, 2) / (user.text() + ".db");
}

}  // namespace ownkey::store
