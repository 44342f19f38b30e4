#include "server/http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "server/http/text.h"

namespace ownkey::http {
namespace {

constexpr std::size_t kMaxMethod = 16;
constexpr std::string_view kCrLf = "\r\n";

// Fields that steer how a request is read or who is believed to send it: a second one would be read by one party and
// ignored by another.
constexpr std::array<std::string_view, 10> kOnlyOnce{"host",   "content-length", "content-type",   "authorization",
                                                     "cookie", "origin",         "sec-fetch-site", "x-ownkey",
                                                     "expect", "accept-encoding"};

Refusal refusal(int status, std::string text) { return {status, {ErrorKind::InvalidRequest, std::move(text)}}; }
Refusal malformed(std::string text) { return refusal(400, std::move(text)); }

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

// RFC 9110 §5.6.2, without '_': programs that follow CGI cannot tell X_Y from X-Y, and cpp-httplib keeps the peer's
// address under REMOTE_ADDR.
bool is_name_character(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("!#$%&'*+-.^`|~").find(c) != std::string_view::npos;
}

bool is_value_character(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F); }

// Whoever decodes a value later (cpp-httplib does) would find a line break in it.
bool hides_line_break(std::string_view text) {
  for (auto at = text.find("%0"); at != std::string_view::npos; at = text.find("%0", at + 1)) {
    const char digit = at + 2 < text.size() ? lower(text[at + 2]) : ' ';
    if (digit == 'a' || digit == 'd') return true;
  }
  return false;
}

std::optional<Refusal> read_target(std::string_view target, RequestHead& head) {
  // The other forms of RFC 9112 §3.2 are for proxies, which this is not.
  if (!target.starts_with('/')) return malformed("the request target must begin with '/'");
  if (!std::ranges::all_of(target, is_visible) || target.find('#') != std::string_view::npos)
    return malformed("the request target holds characters that must be percent-encoded");
  if (hides_line_break(target)) return malformed("the request target holds an encoded line break");
  const auto [path, query] = divide(target, '?');
  head.target = target;
  head.path = path;
  for (const auto part : split(query, '&')) {
    if (part.empty()) continue;
    const auto [name, value] = divide(part, '=');
    auto decoded_name = percent_decoded(name, Plus::IsSpace);
    auto decoded_value = percent_decoded(value, Plus::IsSpace);
    if (!decoded_name || !decoded_value) return malformed("the query of the request target is not encoded well");
    head.query.emplace_back(std::move(*decoded_name), std::move(*decoded_value));
  }
  return std::nullopt;
}

std::optional<Refusal> read_request_line(std::string_view line, RequestHead& head) {
  const auto parts = split(line, ' ');
  if (parts.size() != 3) return malformed("the request line must be: METHOD target HTTP/1.1");
  const auto method = parts[0];
  if (method.empty() || method.size() > kMaxMethod ||
      !std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; }))
    return malformed("the request method must be upper-case letters");
  head.method = method;
  if (parts[2] == "HTTP/1.0") head.http_1_0 = true;
  else if (parts[2] != "HTTP/1.1") return refusal(505, "this server speaks HTTP/1.1");
  return read_target(parts[1], head);
}

std::optional<Refusal> read_field(std::string_view line, Pairs& headers) {
  if (line.starts_with(' ') || line.starts_with('\t'))
    return malformed("a header field may not go on in the next line");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return malformed("a header line must be: Name: value");
  const auto name = line.substr(0, colon);
  if (!std::ranges::all_of(name, is_name_character))
    return malformed("a header name holds a character that it may not");
  const auto value = trimmed(line.substr(colon + 1));
  if (!std::ranges::all_of(value, is_value_character) || hides_line_break(value))
    return malformed("the header " + std::string(name) + " holds a character that it may not");
  if (headers.size() == kMaxFields) return refusal(431, "a request may have at most 64 header fields");
  headers.emplace_back(name, value);
  return std::nullopt;
}

std::optional<Refusal> read_content_length(std::string_view value, RequestHead& head) {
  // Fifteen digits fit; nobody sends more.
  if (value.empty() || value.size() > 15 || !std::ranges::all_of(value, is_digit))
    return malformed("Content-Length must be a number");
  std::from_chars(value.data(), value.data() + value.size(), head.content_length);
  return std::nullopt;
}

void read_connection(std::string_view value, RequestHead& head) {
  for (const auto option : split(value, ','))
    if (same_name(trimmed(option), "close")) head.keep_alive = false;
}

// What a field means for how the request is read.
std::optional<Refusal> apply_field(std::string_view name, std::string_view value, RequestHead& head) {
  if (same_name(name, "host")) head.host = value;
  else if (same_name(name, "content-length")) return read_content_length(value, head);
  else if (same_name(name, "connection")) read_connection(value, head);
  else if (same_name(name, "transfer-encoding"))
    return refusal(411, "send the body with a Content-Length and without Transfer-Encoding");
  else if (same_name(name, "trailer")) return malformed("a request may not have trailers");
  else if (same_name(name, "content-encoding"))
    return Refusal{415, {ErrorKind::UnsupportedMediaType, "send the body without Content-Encoding"}};
  else if (same_name(name, "expect")) {
    if (!same_name(value, "100-continue")) return refusal(417, "the only expectation met here is 100-continue");
    head.expects_continue = !head.http_1_0;
  }
  return std::nullopt;
}

std::optional<Refusal> check_repeats(const Pairs& headers) {
  for (const auto name : kOnlyOnce) {
    const auto count = std::ranges::count_if(headers, [&](const auto& field) { return same_name(field.first, name); });
    if (count > 1) return malformed("the header " + std::string(name) + " may be there only once");
    if (count == 0 && name == "host") return malformed("the header Host is missing");
  }
  return std::nullopt;
}

}  // namespace

std::variant<RequestHead, Refusal> parse_request_head(std::string_view text) {
  RequestHead head;
  bool first = true;
  while (true) {
    const auto end = text.find(kCrLf);
    if (end == std::string_view::npos) return malformed("the request head breaks off");
    const auto line = text.substr(0, end);
    if (line.find_first_of("\r\n") != std::string_view::npos) return malformed("lines must end in CR LF");
    text.remove_prefix(end + kCrLf.size());
    if (line.empty() && !first) break;
    auto refused = first ? read_request_line(line, head) : read_field(line, head.headers);
    if (refused) return std::move(*refused);
    first = false;
  }
  if (auto refused = check_repeats(head.headers)) return std::move(*refused);
  for (const auto& [name, value] : head.headers)
    if (auto refused = apply_field(name, value, head)) return std::move(*refused);
  if (head.http_1_0) head.keep_alive = false;
  return head;
}

}  // namespace ownkey::http
