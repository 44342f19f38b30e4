#include "server/base/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <mutex>
#include <utility>

#include "shared/json.h"

namespace ownkey::base {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    case LogLevel::Off: break;
  }
  return spdlog::level::off;
}

// Hands each finished line to a function.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(Log::Sink write_line) : write_line_(std::move(write_line)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    const std::string_view text(line.data(), line.size());
    write_line_(text.substr(0, text.find_last_not_of("\r\n") + 1));
  }
  void flush_() override {}

  Log::Sink write_line_;
};

// Quoted the way JSON quotes, so that a value with a line break or a control character cannot forge a second line.
std::string in_quotes(std::string_view value) { return dump_json(json(value)); }

bool is_plain(std::string_view value) {
  return !value.empty() &&
         value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@") ==
             std::string_view::npos;
}

std::string in_text(std::string_view value) { return is_plain(value) ? std::string(value) : in_quotes(value); }

// A number is written alike everywhere, a text as `write` does.
std::string written(const LogField& field, std::string (*write)(std::string_view)) {
  const auto* text = std::get_if<std::string_view>(&field.value);
  return text ? write(*text) : std::to_string(std::get<std::int64_t>(field.value));
}

std::string text_line(std::string_view message, LogFields fields) {
  std::string line(message);
  for (const auto& field : fields) {
    line += "  ";
    line += field.name;
    line += '=';
    line += written(field, in_text);
  }
  return line;
}

// The rest of a JSON object whose head (time and level) the pattern writes.
std::string json_rest(std::string_view message, LogFields fields) {
  std::string line = "\"message\":" + in_quotes(message);
  for (const auto& field : fields) {
    line += ',';
    line += in_quotes(field.name);
    line += ':';
    line += written(field, in_quotes);
  }
  return line;
}

}  // namespace

struct Log::Impl {
  Impl(spdlog::sink_ptr sink, Format line_format, LogLevel least)
      : format(line_format), logger("ownkey", std::move(sink)) {
    logger.set_level(spdlog_level(least));
    logger.flush_on(spdlog::level::debug);
    if (format == Format::Text) logger.set_pattern("%H:%M:%S.%e %^%-7l%$ %v");
    else logger.set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
  }

  Format format;
  spdlog::logger logger;
};

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Log Log::to_stderr(LogLevel least) {
  const auto format = isatty(STDERR_FILENO) ? Format::Text : Format::Json;
  return Log(std::make_unique<Impl>(std::make_shared<spdlog::sinks::stderr_color_sink_mt>(), format, least));
}

Log Log::to(Sink sink, Format format, LogLevel least) {
  return Log(std::make_unique<Impl>(std::make_shared<FunctionSink>(std::move(sink)), format, least));
}

void Log::write(LogLevel level, std::string_view message, LogFields fields) {
  const auto at = spdlog_level(level);
  if (!impl_->logger.should_log(at)) return;
  impl_->logger.log(at, "{}", impl_->format == Format::Text ? text_line(message, fields) : json_rest(message, fields));
}

}  // namespace ownkey::base
