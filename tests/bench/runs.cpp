// What a workflow with one call of a model costs, beside the same call without a server between.
#include <list>

#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/load.h"
#include "tests/bench/upstream.h"
#include "tests/bench/windows.h"
#include "tests/support/raw_socket.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostConnections = 64;
constexpr int kStreams = 200;  // in a window

struct Pair {
  Pair(std::size_t count, int port, const std::vector<std::string>& requests, int upstream_port)
      : connections(count),
        runs(port, {requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(count)}),
        direct(upstream_port, std::vector<std::string>(count, direct_request(false))) {}

  const std::size_t connections;
  Load runs;
  Load direct;
  Series run_rate = {}, run_p50 = {}, run_p99 = {}, direct_rate = {}, direct_p50 = {};
};

// How long it takes until that text comes; the answer is read to its end. Streams stay on one connection.
double ms_until(test::RawSocket& client, const std::string& request, std::string_view text) {
  const auto begin = Clock::now();
  client.send(request);
  std::string read = client.some();
  while (read.find(text) == std::string::npos) read += client.some();
  const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  while (!read.ends_with("\r\n0\r\n\r\n")) read += client.some();
  return took;
}

// The first piece comes at once: what is added is all that there is to see.
void measure_first_token(const BenchOptions& options, test::BenchTable& table) {
  const Upstream upstream({.pieces = 8});
  const Home home({.flags = {"--openai-base-url", upstream.base_url()}});
  const auto& person = home.people().front();
  const auto streamed = home.post("/api/workflows/" + home.add_workflow(person) + "/execute", "{}", person,
                                  "Accept: text/event-stream\r\n");
  const auto direct = direct_request(true);
  test::RawSocket to_server(home.port()), to_upstream(upstream.port());
  Series added;
  in_turn("waiting for the first token", options.windows, [&] {
    std::vector<double> of_runs, of_direct;
    for (int i = 0; i < kStreams; ++i) {
      of_runs.push_back(ms_until(to_server, streamed, "node.delta"));
      of_direct.push_back(ms_until(to_upstream, direct, "content"));
    }
    added.add(median(of_runs) - median(of_direct));
  });
  table.add("time to first token added to a stream, p50", added.median(), "ms", test::at_most(0.3));
}

void measure_runs(const BenchOptions& options, test::BenchTable& table) {
  const Upstream upstream({});
  const Home home({.people = kMostConnections, .flags = {"--openai-base-url", upstream.base_url()}});
  std::vector<std::string> requests;  // each connection is another person: one has so many runs at once and no more
  for (const auto& person : home.people())
    requests.push_back(home.post("/api/workflows/" + home.add_workflow(person) + "/execute", "{}", person));
  std::list<Pair> pairs;
  for (const std::size_t count : {std::size_t{1}, std::size_t{8}, kMostConnections})
    pairs.emplace_back(count, home.port(), requests, upstream.port());
  in_turn("running workflows", options.windows, [&] {
    for (auto& pair : pairs) {
      const auto of_runs = pair.runs.run(options.window());
      const auto of_direct = pair.direct.run(options.window());
      pair.run_rate.add(of_runs.per_second);
      pair.run_p50.add(of_runs.p50_ms);
      pair.run_p99.add(of_runs.p99_ms);
      pair.direct_rate.add(of_direct.per_second);
      pair.direct_p50.add(of_direct.p50_ms);
    }
  });
  double best = 0;
  for (const auto& pair : pairs) {
    const auto name = "workflow with one call, " + std::to_string(pair.connections) + " connections";
    table.add(name, pair.run_rate.median(), "/s", {}, test::Floor{"a direct call", pair.direct_rate.median()});
    table.add(name + ", p99", pair.run_p99.median(), "ms");
    best = std::max(best, pair.run_rate.median());
  }
  table.add("workflow with one call, best", best, "/s", test::at_least(3000));
  table.add("workflow with one call, best (second goal)", best, "/s", test::at_least(8000));
  const auto& alone = pairs.front();
  const double added = alone.run_p50.median() - alone.direct_p50.median();
  table.add("time that a call gains by a run, p50", added, "ms", test::at_most(0.3),
            test::Floor{"a direct call", alone.direct_p50.median()});
  table.add("time that a call gains by a run, p50 (second goal)", added, "ms", test::at_most(0.15));
}

}  // namespace

int main(int argc, char** argv) {
  return bench_main(argc, argv, "Measures what workflows cost", [](const auto& options, auto& table) {
    measure_runs(options, table);
    measure_first_token(options, table);
  });
}
