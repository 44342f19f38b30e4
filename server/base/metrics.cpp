#include "server/base/metrics.h"

#include <algorithm>
#include <charconv>

namespace ownkey::base {
namespace {

constexpr double kNanosecondsPerSecond = 1e9;

std::string text_of(double number) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end};
}

std::string_view name_of(MetricsText::Kind kind) {
  switch (kind) {
    case MetricsText::Kind::Counter: return "counter";
    case MetricsText::Kind::Gauge: return "gauge";
    case MetricsText::Kind::Histogram: break;
  }
  return "histogram";
}

}  // namespace

void Histogram::observe(std::chrono::nanoseconds took) {
  const double seconds = static_cast<double>(took.count()) / kNanosecondsPerSecond;
  const auto* bound = std::ranges::lower_bound(kBounds, seconds);
  buckets_[static_cast<std::size_t>(bound - kBounds.begin())].add();
  nanoseconds_.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0)),
                         std::memory_order_relaxed);
}

std::array<std::uint64_t, Histogram::kBounds.size() + 1> Histogram::counts() const {
  std::array<std::uint64_t, kBounds.size() + 1> counts{};
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = so_far += buckets_[i].count();
  return counts;
}

double Histogram::total_seconds() const {
  return static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / kNanosecondsPerSecond;
}

void MetricsText::begin(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(name_of(kind)).append("\n");
}

void MetricsText::value(std::uint64_t value, Labels labels) { line("", labels, "", std::to_string(value)); }

void MetricsText::value(const Histogram& histogram, Labels labels) {
  const auto counts = histogram.counts();
  for (std::size_t i = 0; i < counts.size(); ++i)
    line("_bucket", labels, i < Histogram::kBounds.size() ? text_of(Histogram::kBounds[i]) : "+Inf",
         std::to_string(counts[i]));
  line("_sum", labels, "", text_of(histogram.total_seconds()));
  line("_count", labels, "", std::to_string(counts.back()));
}

void MetricsText::line(std::string_view suffix, Labels labels, std::string_view bound, std::string_view value) {
  text_.append(name_).append(suffix);
  char separator = '{';
  const auto add = [&](std::string_view label, std::string_view word) {
    text_.append(1, separator).append(label).append("=\"").append(word).append("\"");
    separator = ',';
  };
  for (const auto& [label, word] : labels) add(label, word);
  if (!bound.empty()) add("le", bound);
  if (separator == ',') text_ += '}';
  text_.append(" ").append(value).append("\n");
}

std::string Metrics::text() const {
  MetricsText text;
  for (const auto& source : sources_) source(text);
  return text.text();
}

}  // namespace ownkey::base
