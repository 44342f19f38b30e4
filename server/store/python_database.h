// The SQLite file of the Python original (tables `users` and `user_credentials`), read and never changed.
//
// Installations differ a little, so each column goes by a few names; docs/import.md lists them. A free function, for
// one thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shared/result.h"

namespace ownkey::store {

// Ids are whatever text or number the original used.
struct PythonUser {
  std::string id;
  std::string email;  // as it was typed
  std::string full_name;
  std::string password_hash;
  bool is_active = true;
};

struct PythonCredential {
  std::string id;
  std::string user_id;
  std::string provider;
  std::string token;  // the encrypted key
  bool is_active = true;
};

struct PythonData {
  std::vector<PythonUser> users;
  std::vector<PythonCredential> credentials;  // those in use before the others, newer before older
};

// NotFound when the file, a table or a needed column is not there; the error says which, and what there is instead.
Result<PythonData> read_python_database(const std::filesystem::path& file);

}  // namespace ownkey::store
