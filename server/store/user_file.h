// Where the file of a user lies below the data folder: users/ab/<id>.db. Two characters of fan-out keep folders small
// when there are very many users.
#pragma once

#include <filesystem>

#include "server/base/ids.h"

namespace ownkey::store {

inline std::filesystem::path user_file(const base::UserId& user) {
  return std::filesystem::path("users") / user.text().substr(0, 2) / (user.text() + ".db");
}

}  // namespace ownkey::store
