// RawSocket: a client that sends exactly the bytes it is told to, for requests that no decent client would send.
// Each wait ends after five seconds with an exception, which fails the test.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace ownkey::test {

struct Answer {
  int status = 0;
  std::string head;  // status line and fields
  std::string body;  // chunks already joined

  // A field's value; "" when it is absent.
  std::string header(std::string_view name) const {
    std::string lines = head;
    std::string wanted = "\r\n" + std::string(name) + ":";
    std::ranges::transform(lines, lines.begin(), [](unsigned char c) { return std::tolower(c); });
    std::ranges::transform(wanted, wanted.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto at = lines.find(wanted);
    if (at == std::string::npos) return {};
    const auto begin = at + wanted.size() + 1;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
  bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
};

class RawSocket {
 public:
  static constexpr std::chrono::seconds kPatience{5};

  explicit RawSocket(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~RawSocket() { close(); }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  // False when the server has closed already.
  bool send(std::string_view data) {
    while (!data.empty()) {
      const auto sent = ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      data.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next answer; one to HEAD has no body whatever its head says.
  Answer answer(bool to_head = false) {
    Answer result;
    result.head = take_until("\r\n\r\n");
    result.status = std::stoi(result.head.substr(9, 3));
    const std::string length = result.header("Content-Length");
    if (to_head) return result;
    if (result.header("Transfer-Encoding") == "chunked") {
      while (const auto size = std::stoul(take_until("\r\n"), nullptr, 16)) {
        result.body += take(size);
        take(2);
      }
      take(2);
    } else if (!length.empty()) {
      result.body = take(std::stoul(length));
    }
    return result;
  }

  // Sends and reads the answer.
  Answer ask(std::string_view data) {
    send(data);
    return answer();
  }

  // Waits for some bytes and gives all that is there.
  std::string some() {
    if (buffer_.empty()) fill();
    return std::exchange(buffer_, {});
  }

  // Whether something to read comes in time; reads nothing.
  bool wait_readable() const { return readable_within(kPatience); }
  bool readable_within(std::chrono::milliseconds time) const {
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    return poll(&entry, 1, static_cast<int>(time.count())) > 0;
  }

  // Everything until the server closes.
  std::string rest() {
    while (more()) {
    }
    return std::exchange(buffer_, {});
  }

  // Whether it ended as a connection does that was broken off.
  bool was_reset() const { return was_reset_; }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  std::string take(std::size_t size) {
    while (buffer_.size() < size) fill();
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
  }
  std::string take_until(std::string_view end) {
    while (buffer_.find(end) == std::string::npos) fill();
    return take(buffer_.find(end) + end.size());
  }
  void fill() {
    if (!more()) throw std::runtime_error("the server closed the connection; unread: " + buffer_);
  }
  bool more() {
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    if (poll(&entry, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) <= 0)
      throw std::runtime_error("the server said nothing in time; unread: " + buffer_);
    std::array<char, 16384> bytes;
    const auto got = recv(socket_, bytes.data(), bytes.size(), 0);
    was_reset_ = got < 0 && errno == ECONNRESET;
    if (got > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  std::string buffer_;
  bool was_reset_ = false;
};

// A well-formed request; `fields` are whole lines.
inline std::string request(std::string_view method, std::string_view target, std::string_view fields = {},
                           std::string_view body = {}) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
  text += fields;
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

inline std::string get(std::string_view target, std::string_view fields = {}) { return request("GET", target, fields); }

inline constexpr std::string_view kJson = "Content-Type: application/json\r\n";

}  // namespace ownkey::test
