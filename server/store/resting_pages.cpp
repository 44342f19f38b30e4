#include "server/store/resting_pages.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace ownkey::store {
namespace {

// What SQLite makes where nobody asks for something else, as we do not.
constexpr std::size_t kPageSize = 4096;
// Where things are in the file's head, which is part of the first page.
constexpr std::size_t kHeadSize = 100, kPageSizeAt = 16, kReservedAt = 20, kEncodingAt = 56, kUserVersionAt = 60;
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::uint64_t kUtf8 = 1;

constexpr std::uint64_t kInteriorTable = 5, kLeafTable = 13;
// A longer payload goes on on other pages.
constexpr std::size_t kLongestPayload = kPageSize - 35;
constexpr int kDeepest = 8;
constexpr int kMostPages = 1000;

// The table of tables: type, name, name of its table, first page, text.
constexpr std::int64_t kSchemaPage = 1;
constexpr std::size_t kTypeOfEntry = 0, kNameOfEntry = 1, kPageOfEntry = 3;

// Reads on from a place. Beyond the end there are zeros, and it is not good any more.
class Cursor {
 public:
  Cursor(base::ByteView bytes, std::size_t at) : rest_(bytes.subspan(std::min(at, bytes.size()))) {}

  bool is_good() const { return good_; }
  std::size_t left() const { return rest_.size(); }

  base::ByteView take(std::uint64_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const auto taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const auto byte : take(size)) value = value << 8 | byte;
    return value;
  }
  // Seven bits a byte, the ninth has eight.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
      const auto byte = number(1);
      value = value << 7 | (byte & 0x7F);
      if (byte < 0x80) return value;
    }
    return value << 8 | number(1);
  }

 private:
  base::ByteView rest_;
  bool good_ = true;
};

// How many bytes a value of this type takes; nothing for one that no column of ours has.
std::optional<std::uint64_t> size_of(std::uint64_t type) {
  constexpr std::array<std::uint64_t, 7> kOfIntegers{0, 1, 2, 3, 4, 6, 8};
  if (type < kOfIntegers.size()) return kOfIntegers[type];
  if (type == 8 || type == 9) return 0;  // the numbers 0 and 1
  if (type >= 12) return (type - 12) / 2;
  return std::nullopt;
}

}  // namespace

bool RestingPages::Row::read(base::ByteView payload) {
  columns_.clear();
  Cursor head(payload, 0);
  const auto head_size = head.varint();
  if (head_size > payload.size()) return false;
  Cursor values(payload, head_size);
  while (head.is_good() && payload.size() - head.left() < head_size) {
    const auto type = head.varint();
    const auto size = size_of(type);
    if (!size) return false;
    columns_.push_back({type, values.take(*size)});
  }
  return head.is_good() && values.is_good() && payload.size() - head.left() == head_size;
}

base::ByteView RestingPages::Row::bytes_at(std::size_t column) const {
  return column < columns_.size() ? columns_[column].bytes : base::ByteView();
}

std::int64_t RestingPages::Row::integer(std::size_t column) const {
  if (is_null(column)) return 0;
  const auto& [type, bytes] = columns_[column];
  if (type == 8 || type == 9) return static_cast<std::int64_t>(type) - 8;
  if (type > 9) return 0;
  std::uint64_t value = bytes[0] >= 0x80 ? ~std::uint64_t{0} : 0;  // the sign goes on to the left
  for (const auto byte : bytes) value = value << 8 | byte;
  return static_cast<std::int64_t>(value);
}

base::Bytes RestingPages::Row::bytes(std::size_t column) const {
  const auto found = bytes_at(column);
  return {found.begin(), found.end()};
}

bool RestingPages::Row::is_null(std::size_t column) const {
  return column >= columns_.size() || columns_[column].type == 0;
}

std::optional<std::string> RestingPages::Row::optional_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<base::Time> RestingPages::Row::optional_time(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

void RestingPages::Close::operator()(sqlite3_file* file) const {
  if (file->pMethods) file->pMethods->xClose(file);
  std::free(file);
}

std::optional<RestingPages> RestingPages::open(const std::filesystem::path& file) {
  RestingPages pages;
  auto* vfs = sqlite3_vfs_find(nullptr);
  const auto path = std::filesystem::absolute(file).string();
  pages.name_ = {const_cast<char*>(sqlite3_create_filename(path.c_str(), "", "", 0, nullptr)),
                 [](char* name) { sqlite3_free_filename(name); }};
  pages.file_.reset(static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(vfs->szOsFile))));
  if (!pages.name_ || !pages.file_) return std::nullopt;
  constexpr int kFlags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
  if (vfs->xOpen(vfs, pages.name_.get(), pages.file_.get(), kFlags, nullptr) != SQLITE_OK) return std::nullopt;

  std::array<std::uint8_t, kHeadSize> head;
  if (pages.file_->pMethods->xRead(pages.file_.get(), head.data(), kHeadSize, 0) != SQLITE_OK) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) { return Cursor(head, at).number(size); };
  if (!base::text_of(head).starts_with(kMagic) || number(kPageSizeAt, 2) != kPageSize || number(kReservedAt, 1) != 0 ||
      number(kEncodingAt, 4) != kUtf8)
    return std::nullopt;
  pages.user_version_ = static_cast<std::int64_t>(number(kUserVersionAt, 4));
  pages.pages_left_ = kMostPages;
  const bool is_known = pages.walk(kSchemaPage, 0, [&](const Row& row) {
    if (row.text(kTypeOfEntry) == "table")
      pages.first_pages_.emplace(row.text(kNameOfEntry), row.integer(kPageOfEntry));
  });
  if (!is_known) return std::nullopt;
  return pages;
}

bool RestingPages::each_row(std::string_view table, const See& see) {
  const auto found = first_pages_.find(table);
  pages_left_ = kMostPages;
  return found != first_pages_.end() && walk(found->second, 0, see);
}

bool RestingPages::walk(std::int64_t page, int depth, const See& see) {
  std::array<std::uint8_t, kPageSize> bytes;
  if (page < kSchemaPage || depth > kDeepest || pages_left_-- == 0) return false;
  const auto offset = (page - 1) * static_cast<std::int64_t>(kPageSize);
  if (file_->pMethods->xRead(file_.get(), bytes.data(), kPageSize, offset) != SQLITE_OK) return false;

  Cursor head(bytes, page == kSchemaPage ? kHeadSize : 0);
  const auto kind = head.number(1);
  if (kind != kLeafTable && kind != kInteriorTable) return false;
  head.take(2);
  const auto cells = head.number(2);
  head.take(3);
  const auto last_child = kind == kInteriorTable ? static_cast<std::int64_t>(head.number(4)) : 0;
  Row row;
  for (std::uint64_t i = 0; i < cells; ++i) {
    Cursor cell(bytes, head.number(2));
    if (kind == kInteriorTable) {
      if (!walk(static_cast<std::int64_t>(cell.number(4)), depth + 1, see)) return false;
      continue;
    }
    const auto size = cell.varint();
    cell.varint();  // the row's number
    if (size > kLongestPayload || !row.read(cell.take(size)) || !cell.is_good()) return false;
    see(row);
  }
  if (!head.is_good()) return false;
  return kind == kLeafTable || walk(last_child, depth + 1, see);
}

}  // namespace ownkey::store
