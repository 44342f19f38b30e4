#include "server/http/front_guard.h"

#include <algorithm>

#include "shared/secret.h"

namespace ownkey::http {
namespace {

constexpr std::chrono::milliseconds kPerKibibyte{1000};

Refusal too_slow(std::string text) { return {408, {ErrorKind::InvalidRequest, std::move(text)}}; }

}  // namespace

FrontGuard::~FrontGuard() {
  wipe(buffer_);
  wipe(body_);
}

void FrontGuard::feed(std::string_view bytes, Moment now) {
  if (awaiting_body_) last_piece_ = now;
  else if (buffer_.empty()) since_ = now;
  buffer_ += bytes;
  if (awaiting_body_) move_into_body();
}

FrontGuard::HeadStep FrontGuard::next_head(Moment now) {
  if (buffer_.empty()) {
    if (now >= since_ + limits_.idle) return Idle{};
    return Waiting{since_ + limits_.idle};
  }
  const auto found = find_head_end();
  if (const auto* refused = std::get_if<Refusal>(&found)) return *refused;
  const auto* size = std::get_if<std::size_t>(&found);
  if ((size ? *size : buffer_.size()) > kMaxHeadSize)
    return Refusal{431, {ErrorKind::InvalidRequest, "the request head is larger than 16 KiB"}};
  if (size) {
    auto head = parse_request_head(std::string_view(buffer_).substr(0, *size));
    consume(*size);
    since_ = now;
    return std::visit([](auto& step) -> HeadStep { return std::move(step); }, head);
  }
  if (now >= since_ + limits_.head) return too_slow("the request head did not arrive in time");
  return Waiting{since_ + limits_.head};
}

void FrontGuard::expect_body(std::size_t size, Moment now) {
  awaiting_body_ = true;
  body_size_ = size;
  // At once, so that no half of a key stays behind in memory that a growing string gave back.
  body_.reserve(size);
  since_ = last_piece_ = now;
  move_into_body();
}

FrontGuard::BodyStep FrontGuard::next_body(Moment now) {
  if (body_.size() == body_size_) {
    awaiting_body_ = false;
    since_ = now;
    return std::exchange(body_, {});
  }
  const auto earned = kPerKibibyte * static_cast<long>(body_.size() / 1024);
  const Moment until = std::min(last_piece_ + limits_.body, since_ + limits_.body + earned);
  if (now >= until) return too_slow("the request body did not arrive in time");
  return Waiting{until};
}

// Looks at each byte once, however slowly they come, and does not wait for the end of what is wrong already.
std::variant<std::monostate, std::size_t, Refusal> FrontGuard::find_head_end() {
  while (true) {
    const auto line_feed = buffer_.find('\n', scanned_);
    if (line_feed == std::string::npos) break;
    if (line_feed == 0 || buffer_[line_feed - 1] != '\r')
      return Refusal{400, {ErrorKind::InvalidRequest, "lines must end in CR LF"}};
    scanned_ = line_feed + 1;
    if (line_feed == 1 || (line_feed >= 3 && buffer_[line_feed - 2] == '\n')) return scanned_;
  }
  scanned_ = buffer_.size();
  return std::monostate{};
}

void FrontGuard::consume(std::size_t size) {
  const std::size_t rest = buffer_.size() - size;
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(size), rest, buffer_.begin());
  wipe(buffer_.data() + rest, size);
  buffer_.resize(rest);
  scanned_ = 0;
}

void FrontGuard::move_into_body() {
  const std::size_t size = std::min(buffer_.size(), body_size_ - body_.size());
  body_.append(buffer_, 0, size);
  consume(size);
}

}  // namespace ownkey::http
