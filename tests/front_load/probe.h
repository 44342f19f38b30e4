// Probe: asks a server for /healthz again and again on a thread of its own, and keeps how long each answer took; and
// looks at the server's memory, the highest of which it keeps.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/api_client.h"
#include "tests/support/resident_memory.h"

namespace ownkey::front_load {

class Probe {
 public:
  Probe(int port, pid_t process) : port_(port), process_(process), thread_([this] { ask(); }) {}
  ~Probe() { stop(); }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  void stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  // Once stopped.
  double p99_ms() {
    std::ranges::sort(took_ms_);
    return took_ms_.empty() ? kNever
                            : took_ms_[static_cast<std::size_t>(0.99 * static_cast<double>(took_ms_.size() - 1))];
  }
  double most_mib() const { return most_mib_; }

 private:
  static constexpr double kNever = 1e9;
  static constexpr std::chrono::milliseconds kBetween{2};

  // Every other time on a connection of its own, as new clients come.
  void ask() {
    test::ApiClient kept(port_);
    for (bool anew = false; !stopping_; anew = !anew) {
      const auto begin = std::chrono::steady_clock::now();
      const bool good = answers(kept, anew);
      const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
      took_ms_.push_back(good ? took.count() : kNever);
      most_mib_ = std::max(most_mib_, test::resident_mib(process_));
      std::this_thread::sleep_for(kBetween);
    }
  }
  bool answers(test::ApiClient& kept, bool anew) const {
    try {
      return (anew ? test::ApiClient(port_).get("/healthz") : kept.get("/healthz")).status == 200;
    } catch (const std::exception&) {
      return false;
    }
  }

  int port_;
  pid_t process_;
  std::atomic<bool> stopping_ = false;
  std::vector<double> took_ms_;
  double most_mib_ = 0;
  std::thread thread_;
};

}  // namespace ownkey::front_load
