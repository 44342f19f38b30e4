// Windows: the same things measured again and again, one after the other in each round, so that what the machine does
// besides meets all alike; of each the median counts.
#pragma once

#include <algorithm>
#include <functional>
#include <iostream>
#include <string_view>
#include <vector>

namespace ownkey::bench {

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

// A value of each window.
class Series {
 public:
  void add(double value) { values_.push_back(value); }
  double median() const { return bench::median(values_); }

 private:
  std::vector<double> values_;
};

inline void in_turn(std::string_view what, int windows, const std::function<void()>& round) {
  for (int i = 1; i <= windows; ++i) {
    std::cerr << what << " " << i << "/" << windows << std::endl;
    round();
  }
}

}  // namespace ownkey::bench
