// FolderView: who and what a data folder holds, looked at without changing a byte of it, for whoever must foretell a
// change.
//
// A folder without a database, or without the folder itself, holds nobody. One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "server/base/ids.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::store {

class FolderView {
 public:
  explicit FolderView(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::optional<base::UserId>> find_user(std::string_view email) const;
  Result<bool> has_credential(const base::UserId& user, Provider provider, std::string_view label) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace ownkey::store
