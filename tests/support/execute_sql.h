// Changes a database file as somebody would who can write it, beside the server.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace ownkey::test {

// Made when it is not there.
inline void execute_sql(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* opened = nullptr;
  const int made = sqlite3_open(file.c_str(), &opened);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  constexpr int kPatienceMillis = 5000;
  sqlite3_busy_timeout(opened, kPatienceMillis);
  if (made != SQLITE_OK || sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(file.string() + ": " + sqlite3_errmsg(opened));
}

}  // namespace ownkey::test
