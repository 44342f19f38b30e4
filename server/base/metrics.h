// Figures of what the server does, as Prometheus reads them (text format 0.0.4,
// prometheus.io/docs/instrumenting/exposition_formats). Safe from several threads; counting takes no lock and no
// memory.
//
// Labels are words of our own tables (routes, codes, providers): never what a client sent, never anything of a person.
//
// There is no library behind it: counting by labels there costs a lock and a map (1 µs measured), so counters would be
// kept in tables as here, and what is left of it is the text; it comes with an HTTP server, a client and their
// libraries.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ownkey::base {

class Counter {
 public:
  void add() { count_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> count_{0};
};

// How long things took.
class Histogram {
 public:
  // Upper bounds, in seconds.
  static constexpr std::array<double, 12> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 120};

  void observe(std::chrono::nanoseconds took);
  // How many took as long as that bound or less, for each bound and, last, for all.
  std::array<std::uint64_t, kBounds.size() + 1> counts() const;
  double total_seconds() const;

 private:
  std::array<Counter, kBounds.size() + 1> buckets_;
  std::atomic<std::uint64_t> nanoseconds_{0};
};

// Writes figures as text. One thread at a time.
class MetricsText {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  enum class Kind { Counter, Gauge, Histogram };

  // The values that follow are of this figure, until the next one begins.
  void begin(std::string_view name, Kind kind, std::string_view help);
  void value(std::uint64_t value, Labels labels = {});
  void value(const Histogram& histogram, Labels labels = {});

  const std::string& text() const { return text_; }

 private:
  void line(std::string_view suffix, Labels labels, std::string_view bound, std::string_view value);

  std::string name_;
  std::string text_;
};

// All figures: each part of the server writes its own. add() before the first text().
class Metrics {
 public:
  using Source = std::function<void(MetricsText&)>;

  void add(Source source) { sources_.push_back(std::move(source)); }
  std::string text() const;

 private:
  std::vector<Source> sources_;
};

}  // namespace ownkey::base
