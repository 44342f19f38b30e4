// RestingPages: the rows of a table in a file to which nobody writes, straight from the file's pages. Their format is
// laid down for good (sqlite.org/fileformat.html). SQLite would read the whole schema first, which takes many times as
// long as a few rows do.
//
// It knows what is usual in a user's file, and gives up on everything else, damage too: SQLite is to be asked then.
// What it reads must not change meanwhile. The file is opened by SQLite's own means, which know what else this process
// has open. Inside store/ only. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/bytes.h"
#include "server/base/clock.h"

struct sqlite3_file;

namespace ownkey::store {

class RestingPages {
 public:
  // A row, to be asked like a Statement that selects all columns in the order of the table. Valid while it is shown.
  class Row {
   public:
    // False when it holds something unusual.
    bool read(base::ByteView payload);

    std::int64_t integer(std::size_t column) const;
    std::string text(std::size_t column) const { return std::string(base::text_of(bytes_at(column))); }
    base::Bytes bytes(std::size_t column) const;
    base::Time time(std::size_t column) const { return base::from_millis(integer(column)); }
    bool is_null(std::size_t column) const;
    std::optional<std::string> optional_text(std::size_t column) const;
    std::optional<base::Time> optional_time(std::size_t column) const;

   private:
    struct Column {
      std::uint64_t type;
      base::ByteView bytes;
    };
    base::ByteView bytes_at(std::size_t column) const;

    std::vector<Column> columns_;  // those that the table got after the row was written are missing
  };
  using See = std::function<void(const Row&)>;

  // Nothing when this is not a file that it knows.
  static std::optional<RestingPages> open(const std::filesystem::path& file);

  std::int64_t user_version() const { return user_version_; }
  // Shows all rows of the table. False when it gave up; it may have shown some then.
  bool each_row(std::string_view table, const See& see);

 private:
  struct Close {
    void operator()(sqlite3_file* file) const;
  };
  // Whether it could read the table whose tree begins on this page.
  bool walk(std::int64_t page, int depth, const See& see);

  std::unique_ptr<char, void (*)(char*)> name_{nullptr, nullptr};  // SQLite borrows it
  std::unique_ptr<sqlite3_file, Close> file_;
  std::int64_t user_version_ = 0;
  std::map<std::string, std::int64_t, std::less<>> first_pages_;  // of the tables
  int pages_left_ = 0;                                            // to read, so that a circle has an end
};

}  // namespace ownkey::store
