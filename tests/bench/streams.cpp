// Many people's models talk at the same time: what arrives, what it takes, and whether others are still served.
#include <sys/epoll.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/sockets.h"
#include "tests/bench/upstream.h"
#include "tests/bench/windows.h"
#include "tests/support/raw_socket.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;
using Clock = std::chrono::steady_clock;

constexpr int kPeople = 50;
constexpr int kStreamsEach = 10;
constexpr int kStreams = kPeople * kStreamsEach;
constexpr int kPieces = 100;
constexpr std::chrono::milliseconds kBetween{50};
constexpr std::chrono::milliseconds kBetweenLooks{20};
constexpr int kPatienceMillis = 30'000;

// One stream, read as it comes. Counts the pieces: a delta may hold several, each ends in a space.
struct Stream {
  int socket = -1;
  std::string unread = {};
  int pieces = 0;
  bool ended = false;
  bool succeeded = false;

  void take(std::string_view bytes) {
    unread += bytes;
    for (auto end = unread.find("\n\n"); end != std::string::npos; end = unread.find("\n\n")) {
      take_event(std::string_view(unread).substr(0, end));
      unread.erase(0, end + 2);
    }
  }

 private:
  void take_event(std::string_view event) {
    if (event.find("event: node.delta") != std::string_view::npos) {
      const auto data = json::parse(event.substr(event.find("data: ") + 6));
      pieces += static_cast<int>(std::ranges::count(data.at("text").get_ref<const std::string&>(), ' '));
    }
    if (event.find("event: run.finished") == std::string_view::npos) return;
    ended = true;
    succeeded = event.find("\"status\":\"success\"") != std::string_view::npos;
  }
};

// Asks /healthz and looks at the memory while the streams run.
class Watcher {
 public:
  explicit Watcher(const Home& home)
      : thread_([this, &home] {
          test::RawSocket client(home.port());
          while (!over_) {
            const auto begin = Clock::now();
            client.ask(test::get("/healthz"));
            health_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
            most_mib = std::max(most_mib, home.resident_mib());
            std::this_thread::sleep_for(kBetweenLooks);
          }
        }) {}
  void stop() {
    over_ = true;
    thread_.join();
  }

  std::vector<double> health_ms;
  double most_mib = 0;

 private:
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

void read_to_end(std::vector<Stream>& streams) {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, streams[i].socket, &event);
  }
  std::array<epoll_event, 64> events;
  std::array<char, 16384> bytes;
  for (auto left = streams.size(); left > 0;) {
    const int count = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), kPatienceMillis);
    if (count == 0) break;  // what did not come counts as dropped
    for (int i = 0; i < count; ++i) {
      auto& stream = streams[events[static_cast<std::size_t>(i)].data.u64];
      const auto got = ::recv(stream.socket, bytes.data(), bytes.size(), 0);
      if (got > 0) stream.take({bytes.data(), static_cast<std::size_t>(got)});
      if (got > 0 && !stream.ended) continue;
      epoll_ctl(epoll, EPOLL_CTL_DEL, stream.socket, nullptr);
      --left;
    }
  }
  ::close(epoll);
}

void measure(const BenchOptions&, test::BenchTable& table) {
  const Upstream upstream({.delay = kBetween, .pieces = kPieces, .between = kBetween});
  const Home home({.people = kPeople, .flags = {"--openai-base-url", upstream.base_url()}});
  std::vector<std::string> requests;
  for (const auto& person : home.people())
    requests.push_back(home.post("/api/workflows/" + home.add_workflow(person) + "/execute", "{}", person,
                                 "Accept: text/event-stream\r\n"));
  const double before_mib = home.resident_mib();
  std::cerr << "reading " << kStreams << " streams" << std::endl;
  Watcher watcher(home);
  std::vector<Stream> streams;
  for (int i = 0; i < kStreams; ++i) {
    streams.push_back({.socket = connect_to(home.port())});
    send_all(streams.back().socket, requests[static_cast<std::size_t>(i % kPeople)]);
  }
  read_to_end(streams);
  watcher.stop();
  int dropped = 0, failed = 0;
  for (const auto& stream : streams) {
    dropped += kPieces - stream.pieces;
    failed += stream.succeeded ? 0 : 1;
    ::close(stream.socket);
  }
  auto& health = watcher.health_ms;
  std::ranges::sort(health);
  const auto name = std::to_string(kStreams) + " streams at once, ";
  table.add(name + "pieces dropped", dropped, "", test::at_most(0));
  table.add(name + "runs that failed", failed, "", test::at_most(0));
  table.add(name + "memory added", watcher.most_mib - before_mib, "MiB", test::at_most(150));
  table.add(name + "/healthz p99", health[health.size() * 99 / 100], "ms", test::at_most(200));
}

}  // namespace

int main(int argc, char** argv) { return bench_main(argc, argv, "Measures many streams at the same time", measure); }
