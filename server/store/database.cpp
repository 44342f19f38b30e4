#include "server/store/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <utility>

namespace ownkey::store {
namespace {

// How long to wait for another connection.
constexpr int kPatienceMillis = 5000;
constexpr int kMomentMillis = 200;

constexpr std::size_t kPieceSize = std::size_t{1} << 20;  // of a file that is searched

Error error_of(sqlite3* connection, int code) {
  const std::string detail = std::string("sqlite ") + std::to_string(code) + ": " +
                             (connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code));
  // The index of the write-ahead log cannot grow: a full disk too.
  switch (code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorKind::StorageFull, "the server's disk is full, so nothing was saved; ask the operator to make room",
              detail};
    case SQLITE_CONSTRAINT:
      // What belongs to a user refers to them.
      if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
        return {ErrorKind::NotFound, "this account does not exist any more", detail};
      return {ErrorKind::Conflict, "something with this name exists already", detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::Busy, "the server is busy with this data just now; try again in a moment", detail, {}, 1};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::Internal,
              "the file that holds this data is damaged; the operator must bring it back from a backup with 'ownkey "
              "restore'",
              detail};
    default:
      return {ErrorKind::Internal, "the server could not reach its database; try again, or tell the operator", detail};
  }
}

// SQLite adds up the memory that it has, under one lock for all threads; nobody asks it for the sum. Only before its
// first use, hence here.
void stop_adding_up_memory() { [[maybe_unused]] static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void make_private(const std::filesystem::path& file) {
  // SQLite gives its -wal and -shm files the mode of the database file.
  ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
}

// A database in WAL mode that nobody has open: byte 18 of its head tells the mode (sqlite.org/fileformat.html), and
// whoever has it open has a -wal file beside it. That comes first: reading a file that this process has open would give
// up SQLite's locks on it (sqlite.org/howtocorrupt.html, 2.2).
bool lies_in_wal_mode(const std::filesystem::path& file) {
  if (std::filesystem::exists(file.string() + "-wal")) return false;
  constexpr std::size_t kModeOffset = 18;
  constexpr char kWal = 2;
  std::array<char, kModeOffset + 1> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  return head[kModeOffset] == kWal;
}

// Only reading a database in WAL mode, SQLite would still make -wal and -shm files beside it, unless it takes it for
// unchanging.
std::string unchanging(const std::filesystem::path& file) {
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '%') uri += "%25";
    else if (c == '?') uri += "%3f";
    else if (c == '#') uri += "%23";
    else uri += c;
  }
  return uri + "?immutable=1";
}

}  // namespace

void fail(sqlite3* connection, int code) {
  const int kind = code & 0xFF;
  throw StoreFailure(error_of(connection, code), kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB
                                                     ? StoreFailure::Cause::Damage
                                                     : StoreFailure::Cause::Other);
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(connection_, code);
}

Statement& Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  check(
      sqlite3_bind_text64(statement_, index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int index, base::ByteView bytes) {
  check(sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(connection_, code);
  return false;
}

std::int64_t Statement::run() {
  while (step()) {
  }
  return sqlite3_changes64(connection_);
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
}

base::Bytes Statement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return data ? base::Bytes(data, data + sqlite3_column_bytes(statement_, column)) : base::Bytes();
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<base::Time> Statement::optional_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Database::Database(sqlite3* connection) : connection_(connection) {}
Database::Database(Database&&) noexcept = default;

Database& Database::operator=(Database&& other) noexcept {
  std::swap(connection_, other.connection_);
  std::swap(statements_, other.statements_);
  return *this;
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

Database Database::connect(const std::string& name, int flags) {
  stop_adding_up_memory();
  sqlite3* connection = nullptr;
  // The locks that SQLite would take around each call are ours to take: one thread at a time uses a Database.
  const int code = sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(connection);
  if (code != SQLITE_OK) fail(connection, code);
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, kPatienceMillis);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return database;
}

Error error_of(const std::filesystem::filesystem_error& failure) {
  return {ErrorKind::Internal, "the server could not reach its files; try again, or tell the operator", failure.what()};
}

Database Database::open_at_rest(const std::filesystem::path& file) {
  return connect(unchanging(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

Database Database::open(const std::filesystem::path& file, OpenOptions options) {
  const bool create = options.if_missing == OpenOptions::IfMissing::Create;
  const bool read_only = options.access == OpenOptions::Access::ReadOnly;
  const bool is_new = !std::filesystem::exists(file);
  const bool leave_no_trace = read_only && lies_in_wal_mode(file);
  const int access = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
  auto database = leave_no_trace ? connect(unchanging(file), access | SQLITE_OPEN_URI) : connect(file.string(), access);
  if (is_new && create) make_private(file);
  if (!read_only) database.execute("PRAGMA journal_mode=WAL");
  database.execute(
      "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
      "PRAGMA cell_size_check=ON");
  return database;
}

Statement Database::prepare(std::string_view sql) {
  if (const auto kept = statements_.find(sql); kept != statements_.end()) return {connection_.get(), kept->second};
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(connection_.get(), code);
  statements_.emplace(sql, statement);
  return {connection_.get(), statement};
}

void Database::execute(std::string_view sql) {
  const int code = sqlite3_exec(connection_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(connection_.get(), code);
}

Database::Version Database::version() {
  auto statement = prepare("PRAGMA data_version");
  statement.step();
  return {statement.integer(0), sqlite3_total_changes64(connection_.get())};
}

bool Database::drop_old_pages() {
  sqlite3_busy_timeout(connection_.get(), kMomentMillis);
  int frames = 0;
  int written = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, &frames, &written);
  sqlite3_busy_timeout(connection_.get(), kPatienceMillis);
  if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) return false;
  if (code != SQLITE_OK) fail(connection_.get(), code);
  return true;
}

bool Database::holds_any(std::span<const std::string> texts) {
  // Through SQLite's own descriptor: to close another one of the same file would give up SQLite's locks on it
  // (sqlite.org/howtocorrupt.html, 2.2).
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize(file, &size);
  std::size_t overlap = 0;
  for (const auto& text : texts) overlap = std::max(overlap, text.size());
  std::string piece(kPieceSize + overlap, '\0');
  for (sqlite3_int64 at = 0; at < size && code == SQLITE_OK; at += kPieceSize) {
    piece.resize(static_cast<std::size_t>(std::min<sqlite3_int64>(size - at, kPieceSize + overlap)));
    code = file->pMethods->xRead(file, piece.data(), static_cast<int>(piece.size()), at);
    for (const auto& text : texts)
      if (code == SQLITE_OK && memmem(piece.data(), piece.size(), text.data(), text.size())) return true;
  }
  if (code != SQLITE_OK) fail(connection_.get(), code);
  return false;
}

void Database::rewrite() { execute("VACUUM"); }

int Database::schema_version() {
  auto statement = prepare("PRAGMA user_version");
  statement.step();
  return static_cast<int>(statement.integer(0));
}

Transaction::Transaction(Database& database) : database_(database) {
  // Immediate: the write lock is taken now, so that a later statement cannot fail for want of it.
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const StoreFailure&) {
    // SQLite has rolled back by itself after some failures (a full disk); there is nothing left to undo then.
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace ownkey::store
