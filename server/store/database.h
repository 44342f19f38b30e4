// RAII over SQLite: Database, Statement, Transaction. Inside store/ only.
//
// SQLite's failures are thrown as StoreFailure and turned into an Error by guarded() where store/ ends, so that the
// code between stays readable. A Database and its Statements belong to one thread at a time.
//
// How a schema is brought up to date is in migrate.cpp, how a file is copied while others write to it in copy.cpp.
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/base/bytes.h"
#include "server/base/clock.h"
#include "shared/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ownkey::store {

class StoreFailure final : public std::exception {
 public:
  enum class Cause { Damage, Other };
  explicit StoreFailure(Error error, Cause cause = Cause::Other) : error_(std::move(error)), cause_(cause) {}
  const Error& error() const { return error_; }
  // The content of the file is not what SQLite wrote there.
  bool is_damage() const { return cause_ == Cause::Damage; }
  const char* what() const noexcept override { return "a database operation failed"; }

 private:
  Error error_;
  Cause cause_;
};

// What the result code of a call on this connection means.
[[noreturn]] void fail(sqlite3* connection, int code);

// One run of a prepared statement. Columns count from 0, parameters from 1. Views that are bound must live until the
// statement has run.
class Statement {
 public:
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, base::ByteView bytes);
  Statement& bind(int index, base::Time time) { return bind(index, base::to_millis(time)); }
  template <class T>
  Statement& bind(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : *this;  // unbound parameters are NULL
  }
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  // True while there is a row to read.
  bool step();
  // For statements without rows: runs it and gives the number of rows changed.
  std::int64_t run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  base::Bytes bytes(int column) const;
  base::Time time(int column) const { return base::from_millis(integer(column)); }
  bool is_null(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::optional<base::Time> optional_time(int column) const;

  // Ready for the next use when this goes: no lock and no parameter is left behind.
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

 private:
  friend class Database;
  Statement(sqlite3* connection, sqlite3_stmt* statement) : connection_(connection), statement_(statement) {}
  void check(int code) const;

  sqlite3* connection_;
  sqlite3_stmt* statement_;
};

// What the copy of a file is called that is there while its schema is changed.
inline constexpr std::string_view kBeforeMigration = ".before-migration";

struct OpenOptions {
  enum class IfMissing { Create, Fail };
  enum class Access { ReadWrite, ReadOnly };
  IfMissing if_missing = IfMissing::Create;
  Access access = Access::ReadWrite;
};

class Database {
 public:
  // Opens the file in WAL mode with synchronous=FULL and secure_delete, mode 0600 when it is made here; for reading
  // only, it changes nothing and leaves no file behind. Throws StoreFailure.
  static Database open(const std::filesystem::path& file, OpenOptions options = {});
  // For reading alone a file that nobody changes meanwhile, which is quicker: it takes no lock and looks for no log.
  static Database open_at_rest(const std::filesystem::path& file);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // A prepared statement, kept for the next call with the same text. Use one at a time per text.
  Statement prepare(std::string_view sql);

  // Several statements at once, without parameters.
  void execute(std::string_view sql);

  // Another one after each change of the content, by this connection or by any other.
  struct Version {
    std::int64_t of_others = 0;
    std::int64_t of_this = 0;
    bool operator==(const Version&) const = default;
  };
  Version version();

  // Takes what was overwritten or deleted off the disk: secure_delete clears it in the newest copy of a page alone, and
  // older copies lie in the file and in the log until the newest are in the file and the log is empty. False while
  // another connection reads or writes; it waits only a moment for that. Not inside a transaction.
  bool drop_old_pages();
  // Whether one of the texts lies anywhere in the file, in rows or between them. Not in the log: drop_old_pages()
  // first.
  bool holds_any(std::span<const std::string> texts);
  // Writes the whole file anew, so that it holds its rows and nothing else.
  void rewrite();

  // Brings the schema up to date, each step in a transaction of its own. A schema from a newer version is refused.
  //
  // A file that holds data already is copied beside it first (kBeforeMigration), and refused when it is damaged or the
  // disk has no room for the copy. The copy goes when all steps are done and the file passes a check, at the latest
  // when the file is opened the next time: what is erased later must not live on in it.
  void migrate(std::span<const std::string_view> steps);
  void refuse_newer(std::span<const std::string_view> steps);
  // Whether all of these steps are done, and no more.
  bool is_at(std::span<const std::string_view> steps);

  // The committed state, copied into a file that is not there yet while others go on reading and writing; with mode
  // 0600, and on the disk when it returns.
  void copy_to(const std::filesystem::path& target);

  // What SQLite finds wrong with the file: nothing when it is sound. Quick leaves out whether indexes match their
  // tables.
  enum class Check { Quick, Full };
  std::optional<std::string> find_damage(Check check);

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  explicit Database(sqlite3* connection);
  static Database connect(const std::string& name, int flags);
  int schema_version();
  std::filesystem::path file() const;
  void copy_before_migration();
  void end_migration();

  std::unique_ptr<sqlite3, Close> connection_;
  // Found by a view, so that looking one up copies no text.
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, sqlite3_stmt*, TextHash, std::equal_to<>> statements_;
};

// Begins in the constructor, rolls back in the destructor unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

// Of a file or folder that cannot be looked at: no right to, a bad block, …
Error error_of(const std::filesystem::filesystem_error& failure);

// Runs `work` and turns what it throws into an Error: the one door through which failures leave store/.
template <class Work>
auto guarded(Work&& work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const StoreFailure& failure) {
    return failure.error();
  } catch (const std::filesystem::filesystem_error& failure) {
    return error_of(failure);
  }
}

}  // namespace ownkey::store
