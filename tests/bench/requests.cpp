// How fast a person's keys are listed, beside the cheapest answer that this server has.
#include <list>

#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/load.h"
#include "tests/bench/windows.h"
#include "tests/support/raw_socket.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;

struct Pair {
  Pair(std::size_t count, int port, const std::string& list_request, const std::string& health_request)
      : connections(count),
        list(port, std::vector<std::string>(count, list_request)),
        health(port, std::vector<std::string>(count, health_request)) {}

  const std::size_t connections;
  Load list;
  Load health;
  Series list_rate = {}, list_p50 = {}, list_p99 = {}, health_rate = {}, health_p50 = {};
};

void measure(const BenchOptions& options, test::BenchTable& table) {
  const Home home({.people = 1, .keys_each = 20});
  const auto list = home.get("/api/settings/credentials", home.people().front());
  const auto health = test::get("/healthz");
  std::list<Pair> pairs;
  for (const std::size_t count : {1, 8, 64}) pairs.emplace_back(count, home.port(), list, health);
  in_turn("listing keys", options.windows, [&] {
    for (auto& pair : pairs) {
      const auto of_list = pair.list.run(options.window());
      const auto of_health = pair.health.run(options.window());
      pair.list_rate.add(of_list.per_second);
      pair.list_p50.add(of_list.p50_ms);
      pair.list_p99.add(of_list.p99_ms);
      pair.health_rate.add(of_health.per_second);
      pair.health_p50.add(of_health.p50_ms);
    }
  });
  double best = 0, best_health = 0;
  for (const auto& pair : pairs) {
    const auto name = "list 20 keys, " + std::to_string(pair.connections) + " connections";
    table.add(name, pair.list_rate.median(), "/s", {}, test::Floor{"own /healthz", pair.health_rate.median()});
    table.add(name + ", p99", pair.list_p99.median(), "ms");
    best = std::max(best, pair.list_rate.median());
    best_health = std::max(best_health, pair.health_rate.median());
  }
  table.add("list 20 keys, best", best, "/s", test::at_least(20'000), test::Floor{"own /healthz", best_health});
  table.add("list 20 keys, best, to own /healthz", best / best_health, "x", test::at_least(0.5));
  table.add("list 20 keys, p50, 1 connection", pairs.front().list_p50.median(), "ms", test::at_most(0.15),
            test::Floor{"own /healthz", pairs.front().health_p50.median()});
}

}  // namespace

int main(int argc, char** argv) { return bench_main(argc, argv, "Measures how fast keys are listed", measure); }
