// Report: what the kills of one scenario did. For one thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

namespace ownkey::crash {

// Unfinished: the program did not come back, or not in time, or did not end its work.
enum class Harm { Lost, Corrupt, Undecryptable, Unfinished };

class Report {
 public:
  Report(std::string scenario, std::chrono::milliseconds longest_start)
      : scenario_(std::move(scenario)), longest_start_(longest_start) {}

  void add_kill() { ++kills_; }
  void add(Harm harm, const std::string& what) {
    ++harms_[harm];
    std::cerr << scenario_ << ", kill " << kills_ << ": " << what << std::endl;
  }
  void add_start(std::chrono::milliseconds took) {
    slowest_start_ = std::max(slowest_start_, took);
    if (took > longest_start_) add(Harm::Unfinished, "the start took " + std::to_string(took.count()) + " ms");
  }

  int kills() const { return kills_; }
  bool is_clean() const { return harms_.empty(); }
  // "writes: 1000 kills, 0 lost, 0 corrupt, 0 undecryptable, slowest start 0.31 s"
  std::string summary() const {
    std::ostringstream text;
    text << scenario_ << ": " << kills_ << " kills, " << count(Harm::Lost) << " lost, " << count(Harm::Corrupt)
         << " corrupt, " << count(Harm::Undecryptable) << " undecryptable";
    if (count(Harm::Unfinished) > 0) text << ", " << count(Harm::Unfinished) << " unfinished";
    if (slowest_start_.count() > 0)
      text << ", slowest start " << std::fixed << std::setprecision(2)
           << std::chrono::duration<double>(slowest_start_).count() << " s";
    return text.str();
  }

 private:
  int count(Harm harm) const {
    const auto found = harms_.find(harm);
    return found == harms_.end() ? 0 : found->second;
  }

  const std::string scenario_;
  const std::chrono::milliseconds longest_start_;
  int kills_ = 0;
  std::chrono::milliseconds slowest_start_{0};
  std::map<Harm, int> harms_;
};

}  // namespace ownkey::crash
