#include "server/http/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "server/http/problem.h"

namespace ownkey::http {
namespace {

// RFC 9110 §5.6.7: "Tue, 24 Nov 2026 09:30:00 GMT".
std::string http_date(base::Time time) {
  const auto seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

void add(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  std::ranges::transform(value, std::back_inserter(head),
                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c; });
  head.append("\r\n");
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

std::string response_head(const Response& response, const SecurityHeaders& security, const WireFacts& facts) {
  std::string head;
  head.reserve(1536);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_of(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) add(head, name, value);
  if (!response.header("Cache-Control")) add(head, "Cache-Control", cache_control(Cache::NoStore));
  if (facts.framing == Framing::Chunked) add(head, "Transfer-Encoding", "chunked");
  if (facts.framing == Framing::Length && !has_no_body(response.status))
    add(head, "Content-Length", std::to_string(response.body.size()));
  if (!facts.keep_alive) add(head, "Connection", "close");
  add(head, "Date", http_date(facts.now));
  add(head, "X-Request-Id", facts.request_id);
  head.append(security.lines_for(response)).append("\r\n");
  return head;
}

std::string chunk_of(std::string_view data) {
  std::array<char, 16> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), data.size(), 16).ptr;
  std::string chunk;
  chunk.reserve(data.size() + 24);
  chunk.append(size.data(), end).append("\r\n").append(data).append("\r\n");
  return chunk;
}

}  // namespace ownkey::http
