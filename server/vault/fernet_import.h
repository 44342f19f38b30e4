// Fernet import: takes the accounts and keys of the Python original over into this installation. docs/import.md tells
// an operator what comes over and how.
//
// What is here already is never changed, so a second run adds nothing. A plaintext lives for one row; a report never
// holds one. For one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/crypto/key.h"
#include "server/crypto/random.h"
#include "server/store/python_database.h"
#include "server/vault/import_target.h"
#include "shared/fields.h"
#include "shared/result.h"

namespace ownkey::vault {

enum class UserImport { Created, Exists, InvalidEmail, DuplicateEmail, NotTried, Failed };
constexpr auto names_of(UserImport) {
  return std::array<std::pair<UserImport, std::string_view>, 6>{{{UserImport::Created, "created"},
                                                                 {UserImport::Exists, "exists"},
                                                                 {UserImport::InvalidEmail, "invalid_email"},
                                                                 {UserImport::DuplicateEmail, "duplicate_email"},
                                                                 {UserImport::NotTried, "not_tried"},
                                                                 {UserImport::Failed, "failed"}}};
}

enum class PasswordImport { TakenOver, NeedsReset };
constexpr auto names_of(PasswordImport) {
  return std::array<std::pair<PasswordImport, std::string_view>, 2>{
      {{PasswordImport::TakenOver, "taken_over"}, {PasswordImport::NeedsReset, "needs_reset"}}};
}

enum class KeyImport { Imported, Kept, Unreadable, UnknownProvider, InvalidKey, NoAccount, Failed };
constexpr auto names_of(KeyImport) {
  return std::array<std::pair<KeyImport, std::string_view>, 7>{{{KeyImport::Imported, "imported"},
                                                                {KeyImport::Kept, "kept"},
                                                                {KeyImport::Unreadable, "unreadable"},
                                                                {KeyImport::UnknownProvider, "unknown_provider"},
                                                                {KeyImport::InvalidKey, "invalid_key"},
                                                                {KeyImport::NoAccount, "no_account"},
                                                                {KeyImport::Failed, "failed"}}};
}

struct UserReport {
  std::string row;                   // the id in the original
  std::optional<std::string> email;  // normalised; none when it is not an e-mail address
  UserImport result{};
  std::optional<PasswordImport> password;  // of an account that was created
  std::optional<std::string> reason;

  static constexpr auto fields() {
    return std::tuple{Field{"row", &UserReport::row}, Field{"email", &UserReport::email},
                      Field{"result", &UserReport::result}, Field{"password", &UserReport::password},
                      Field{"reason", &UserReport::reason}};
  }
};

struct KeyReport {
  std::string row;
  std::optional<std::string> email;
  std::string provider;  // ours when it is known, otherwise as the original has it
  KeyImport result{};
  std::optional<std::string> reason;

  static constexpr auto fields() {
    return std::tuple{Field{"row", &KeyReport::row}, Field{"email", &KeyReport::email},
                      Field{"provider", &KeyReport::provider}, Field{"result", &KeyReport::result},
                      Field{"reason", &KeyReport::reason}};
  }
};

struct ImportReport {
  std::vector<UserReport> users;
  std::vector<KeyReport> credentials;

  static constexpr auto fields() {
    return std::tuple{Field{"users", &ImportReport::users}, Field{"credentials", &ImportReport::credentials}};
  }

  std::int64_t count(UserImport result) const;
  std::int64_t count(PasswordImport result) const;
  std::int64_t count(KeyImport result) const;
};

// There are stored keys, and it opens none of them.
bool is_wrong_key(const store::PythonData& data, const crypto::Key& key);

// With a wrong key nothing is written at all.
Result<ImportReport> import_python_data(const store::PythonData& data, const crypto::Key& key, ImportTarget& target,
                                        crypto::Random& random);

}  // namespace ownkey::vault
