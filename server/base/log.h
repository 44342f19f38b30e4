// Log lines with fields: `log.info("signed in", {{"user", id}})`.
// Text on a terminal, one JSON object a line otherwise. Safe from several threads.
//
// There is no overload for a Secret, and none must come: what is logged is written down for ever.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace ownkey::base {

enum class LogLevel { Debug, Info, Warning, Error, Off };

// A name and its value: a text, which must live until the line is written, or a number.
struct LogField {
  LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, const std::string& text) : name(field_name), value(std::string_view(text)) {}
  LogField(std::string_view field_name, const char* text) : name(field_name), value(std::string_view(text)) {}
  LogField(std::string_view field_name, std::int64_t number) : name(field_name), value(number) {}
  LogField(std::string_view field_name, int number) : name(field_name), value(std::int64_t{number}) {}
  LogField(std::string_view field_name, std::size_t number)
      : name(field_name), value(static_cast<std::int64_t>(number)) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};
using LogFields = std::initializer_list<LogField>;

class Log {
 public:
  // Takes finished lines without their newline; called under a lock, one line at a time.
  using Sink = std::function<void(std::string_view line)>;
  enum class Format { Text, Json };

  // Writes to standard error, in the format that suits it.
  static Log to_stderr(LogLevel least);
  // For tests, and wherever lines must go elsewhere.
  static Log to(Sink sink, Format format, LogLevel least = LogLevel::Debug);

  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;
  ~Log();

  void debug(std::string_view message, LogFields fields = {}) { write(LogLevel::Debug, message, fields); }
  void info(std::string_view message, LogFields fields = {}) { write(LogLevel::Info, message, fields); }
  void warning(std::string_view message, LogFields fields = {}) { write(LogLevel::Warning, message, fields); }
  void error(std::string_view message, LogFields fields = {}) { write(LogLevel::Error, message, fields); }

 private:
  struct Impl;
  explicit Log(std::unique_ptr<Impl> impl);
  void write(LogLevel level, std::string_view message, LogFields fields);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ownkey::base
