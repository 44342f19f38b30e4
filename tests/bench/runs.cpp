// What a workflow with one call of a model costs, beside the same call without a server between.
#include <list>
#include <optional>

#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/load.h"
#include "tests/bench/nginx.h"
#include "tests/bench/upstream.h"
#include "tests/bench/windows.h"
#include "tests/support/raw_socket.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostConnections = 64;
constexpr int kStreams = 200;  // in a window

// Over so many connections: workflows, and the same call straight to the upstream and through nginx.
struct Loads {
  Loads(std::size_t count, int port, const std::vector<std::string>& requests, int upstream_port, int nginx_port)
      : connections(count),
        runs(port, {requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(count)}),
        direct(upstream_port, std::vector<std::string>(count, direct_request(false))) {
    if (nginx_port != 0) proxied.emplace(nginx_port, std::vector<std::string>(count, direct_request(false)));
  }

  const std::size_t connections;
  Load runs;
  Load direct;
  std::optional<Load> proxied = {};
  Series run_rate = {}, run_p50 = {}, run_p99 = {}, direct_rate = {}, direct_p50 = {}, proxied_rate = {},
         proxied_p50 = {};
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
  std::optional<Nginx> nginx;
  if (Nginx::is_installed()) nginx.emplace(upstream.port());
  std::list<Loads> all;
  for (const std::size_t count : {std::size_t{1}, std::size_t{8}, kMostConnections})
    all.emplace_back(count, home.port(), requests, upstream.port(), nginx ? nginx->port() : 0);
  in_turn("running workflows", options.windows, [&] {
    for (auto& loads : all) {
      const auto of_runs = loads.runs.run(options.window());
      const auto of_direct = loads.direct.run(options.window());
      loads.run_rate.add(of_runs.per_second);
      loads.run_p50.add(of_runs.p50_ms);
      loads.run_p99.add(of_runs.p99_ms);
      loads.direct_rate.add(of_direct.per_second);
      loads.direct_p50.add(of_direct.p50_ms);
      if (!loads.proxied) continue;
      const auto of_proxied = loads.proxied->run(options.window());
      loads.proxied_rate.add(of_proxied.per_second);
      loads.proxied_p50.add(of_proxied.p50_ms);
    }
  });
  double best = 0;
  for (const auto& loads : all) {
    const auto over = ", " + std::to_string(loads.connections) + " connections";
    const auto name = "workflow with one call" + over;
    const test::Floor direct{"a direct call", loads.direct_rate.median()};
    table.add(name, loads.run_rate.median(), "/s", {}, direct);
    table.add(name + ", p99", loads.run_p99.median(), "ms");
    if (nginx) table.add("the same call through nginx alone" + over, loads.proxied_rate.median(), "/s", {}, direct);
    best = std::max(best, loads.run_rate.median());
  }
  table.add("workflow with one call, best", best, "/s", test::at_least(3000));
  table.add("workflow with one call, best (second goal)", best, "/s", test::at_least(8000));
  const auto& alone = all.front();
  const double added = alone.run_p50.median() - alone.direct_p50.median();
  table.add("time that a call gains by a run, p50", added, "ms", test::at_most(0.3),
            test::Floor{"a direct call", alone.direct_p50.median()});
  if (nginx)
    table.add("time that a call gains by nginx alone, p50", alone.proxied_p50.median() - alone.direct_p50.median(),
              "ms");
  table.add("time that a call gains by a run, p50 (second goal)", added, "ms", test::at_most(0.15));
}

}  // namespace

int main(int argc, char** argv) {
  return bench_main(argc, argv, "Measures what workflows cost", [](const auto& options, auto& table) {
    measure_runs(options, table);
    measure_first_token(options, table);
  });
}
