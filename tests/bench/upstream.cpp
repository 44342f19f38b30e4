#include "tests/bench/upstream.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "shared/json.h"
#include "tests/bench/sockets.h"
#include "tests/support/raw_socket.h"

namespace ownkey::bench {
namespace {

constexpr int kEventsAtOnce = 64;

std::string whole_answer() {
  const json body{{"id", "chatcmpl-bench"},
                  {"object", "chat.completion"},
                  {"created", 1'760'000'000},
                  {"model", "gpt-4o"},
                  {"choices",
                   {{{"index", 0},
                     {"message", {{"role", "assistant"}, {"content", "Hello! How can I help you today?"}}},
                     {"finish_reason", "stop"}}}},
                  {"usage", {{"prompt_tokens", 8}, {"completion_tokens", 9}, {"total_tokens", 17}}}};
  const auto text = dump_json(body);
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req_bench\r\nContent-Length: " +
         std::to_string(text.size()) + "\r\n\r\n" + text;
}

std::string chunk_of(const std::string& text) {
  std::array<char, 16> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
  return size.data() + text + "\r\n";
}

std::string event_of(const json& delta, const json& finish_reason) {
  return chunk_of("data: " +
                  dump_json({{"id", "chatcmpl-bench"},
                             {"object", "chat.completion.chunk"},
                             {"created", 1'760'000'000},
                             {"model", "gpt-4o"},
                             {"choices", {{{"index", 0}, {"delta", delta}, {"finish_reason", finish_reason}}}}}) +
                  "\n\n");
}

std::vector<std::string> stream_answer(int pieces) {
  std::vector<std::string> stream{
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: req_bench\r\n"
      "Transfer-Encoding: chunked\r\n\r\n"};
  for (int i = 0; i < pieces; ++i) stream.push_back(event_of({{"content", piece_text(i)}}, nullptr));
  const json usage{{"id", "chatcmpl-bench"},
                   {"choices", json::array()},
                   {"usage", {{"prompt_tokens", 8}, {"completion_tokens", pieces}, {"total_tokens", 8 + pieces}}}};
  stream.push_back(event_of(json::object(), "stop") + chunk_of("data: " + dump_json(usage) + "\n\n") +
                   chunk_of("data: [DONE]\n\n") + "0\r\n\r\n");
  return stream;
}

// The size of the request that begins the text; 0 while it is not whole.
std::size_t request_size(std::string_view text) {
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  constexpr std::string_view kLength = "Content-Length: ";
  const auto length = text.find(kLength);
  const std::size_t body = length < end ? std::stoul(std::string(text.substr(length + kLength.size(), 12))) : 0;
  return text.size() < end + 4 + body ? 0 : end + 4 + body;
}

void watch(int epoll, int socket) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

}  // namespace

std::string piece_text(int number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "w%05d ", number);
  return text.data();
}

std::string direct_request(bool streamed) {
  return test::request(
      "POST", "/v1/chat/completions", "Authorization: Bearer sk-bench\r\nContent-Type: application/json\r\n",
      dump_json({{"model", "gpt-4o"}, {"messages", {{{"role", "user"}, {"content", "hello"}}}}, {"stream", streamed}}));
}

Upstream::Upstream(Behaviour behaviour)
    : behaviour_(behaviour),
      whole_(whole_answer()),
      stream_(stream_answer(behaviour.pieces)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      stopper_(eventfd(0, EFD_CLOEXEC)) {
  const auto listening = listen_anywhere();
  listener_ = listening.socket;
  port_ = listening.port;
  watch(epoll_, listener_);
  watch(epoll_, stopper_);
  thread_ = std::thread([this] { serve(); });
}

Upstream::~Upstream() {
  eventfd_write(stopper_, 1);
  thread_.join();
  for (const auto& [socket, line] : lines_) ::close(socket);
  for (const int open : {listener_, epoll_, stopper_}) ::close(open);
}

void Upstream::serve() {
  std::array<epoll_event, kEventsAtOnce> events;
  for (;;) {
    const int count = epoll_wait(epoll_, events.data(), kEventsAtOnce, wait_millis());
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == stopper_) return;
      if (socket == listener_) accept_one();
      else read(socket);
    }
    carry_out_due();
  }
}

void Upstream::accept_one() {
  const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) return;
  send_at_once(socket);
  lines_.emplace(socket, Line{++lines_made_});
  watch(epoll_, socket);
}

void Upstream::read(int socket) {
  auto& line = lines_.at(socket);
  std::array<char, 8192> bytes;
  const auto got = ::recv(socket, bytes.data(), bytes.size(), 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return drop(socket);
  line.request.append(bytes.data(), static_cast<std::size_t>(got));
  if (const auto size = request_size(line.request)) {
    begin_answer(socket, line, std::string_view(line.request).substr(0, size));
    line.request.erase(0, size);
  }
}

void Upstream::begin_answer(int socket, Line& line, std::string_view request) {
  const bool whole = request.find("\"stream\":true") == std::string_view::npos;
  line.next_piece = 0;
  if (whole && behaviour_.delay.count() == 0) {
    try_send_all(socket, whole_);
    return;
  }
  due_.push({Clock::now() + behaviour_.delay, socket, line.number, whole});
}

void Upstream::carry_out_due() {
  while (!due_.empty() && due_.top().when <= Clock::now()) {
    const auto due = due_.top();
    due_.pop();
    const auto line = lines_.find(due.socket);
    if (line == lines_.end() || line->second.number != due.line) continue;
    if (due.whole) try_send_all(due.socket, whole_);
    else send_pieces(due, line->second);
  }
}

// The head goes with the first piece, the end with the last.
void Upstream::send_pieces(const Due& due, Line& line) {
  std::string text;
  if (line.next_piece == 0) text = stream_.front();
  do text += stream_[static_cast<std::size_t>(++line.next_piece)];
  while (behaviour_.between.count() == 0 && line.next_piece < behaviour_.pieces);
  const bool is_last = line.next_piece == behaviour_.pieces;
  if (is_last) text += stream_.back();
  try_send_all(due.socket, text);
  if (!is_last) due_.push({due.when + behaviour_.between, due.socket, due.line, false});
}

void Upstream::drop(int socket) {
  lines_.erase(socket);
  ::close(socket);
}

int Upstream::wait_millis() const {
  if (due_.empty()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_.top().when - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

}  // namespace ownkey::bench
