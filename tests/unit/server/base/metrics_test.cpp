#include "server/base/metrics.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey::base;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(figures_are_written_as_prometheus_reads_them) {
  Counter good, bad;
  good.add();
  good.add();
  Metrics metrics;
  metrics.add([&](MetricsText& text) {
    text.begin("calls_total", MetricsText::Kind::Counter, "calls by result");
    text.value(good.count(), {{"result", "good"}, {"provider", "openai"}});
    text.value(bad.count(), {{"result", "bad"}});
  });
  metrics.add([](MetricsText& text) {
    text.begin("threads", MetricsText::Kind::Gauge, "threads");
    text.value(8);
  });
  BOOST_TEST(metrics.text() ==
             "# HELP calls_total calls by result\n# TYPE calls_total counter\n"
             "calls_total{result=\"good\",provider=\"openai\"} 2\ncalls_total{result=\"bad\"} 0\n"
             "# HELP threads threads\n# TYPE threads gauge\nthreads 8\n");
}

BOOST_AUTO_TEST_CASE(a_histogram_counts_what_took_as_long_or_less) {
  Histogram histogram;
  for (const std::chrono::nanoseconds took : {0ns, 1'000'000ns, 1'000'001ns, 250'000'000ns, 1'000'000'000'000ns})
    histogram.observe(took);
  const auto counts = histogram.counts();
  BOOST_TEST(counts.front() == 2U);  // a millisecond is "1 ms or less"
  BOOST_TEST(counts[1] == 3U);
  BOOST_TEST(counts[7] == 4U);
  BOOST_TEST(counts[counts.size() - 2] == 4U);
  BOOST_TEST(counts.back() == 5U);
  MetricsText text;
  text.begin("seconds", MetricsText::Kind::Histogram, "time");
  text.value(histogram, {{"route", "/x"}});
  BOOST_TEST(text.text().find("seconds_bucket{route=\"/x\",le=\"0.0025\"} 3\n") != std::string::npos);
  BOOST_TEST(text.text().find("seconds_bucket{route=\"/x\",le=\"+Inf\"} 5\n") != std::string::npos);
  BOOST_TEST(text.text().find("seconds_count{route=\"/x\"} 5\n") != std::string::npos);
  BOOST_TEST(text.text().find("seconds_sum{route=\"/x\"} 1000.252") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
