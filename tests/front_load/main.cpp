// Measures whether the server still answers others, within bounded memory, while very many connect at once, stay idle,
// send slowly, sign in, or send what unfolds to a thousand times its size.
//
// Prints a table. Exit status: 0 all targets are met, 1 some are not, 2 bad usage or no room.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <thread>

#include "tests/front_load/crowd.h"
#include "tests/front_load/probe.h"
#include "tests/support/bench_table.h"
#include "tests/support/ownkey_server.h"

namespace {

using namespace ownkey;
using namespace ownkey::front_load;
using namespace std::chrono_literals;

constexpr std::size_t kSlow = 500, kAtOnce = 2000, kIdle = 10'000, kLogins = 200, kBombBytes = 300'000;
constexpr auto kWatched = 4s;    // how long slow and idle ones are watched
constexpr auto kPatience = 60s;  // nothing may hang
constexpr double kArgonMib = 64;

const std::string kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

class Bench {
 public:
  explicit Bench(test::BenchTable& table)
      : table_(table), server_({"--log", "error", "--max-connections", std::to_string(kIdle + kAtOnce)}) {}

  void run() {
    report("slow heads (" + std::to_string(kSlow) + ")", 200, 50, [this] { slow_heads(); });
    report("connects at once (" + std::to_string(kAtOnce) + ")", 200, 100, [this] { connects_at_once(); });
    report("idle connections (" + std::to_string(kIdle) + ")", 250, 150, [this] { idle_connections(); });
    const double hashes = kArgonMib * std::max(1U, std::thread::hardware_concurrency());
    report("parallel logins (" + std::to_string(kLogins) + ")", 200, hashes + 50, [this] { parallel_logins(); });
    report("gzip bomb (300 KB)", 200, 10, [this] { gzip_bomb(); });
  }

 private:
  void report(const std::string& name, double most_ms, double most_mib, const std::function<void()>& load) {
    std::cerr << name << std::endl;
    const double before = test::resident_mib(server_.process());
    Probe probe(server_.port(), server_.process());
    load();
    probe.stop();
    table_.add(name + ": /healthz p99", probe.p99_ms(), "ms", test::at_most(most_ms));
    table_.add(name + ": memory more than before", probe.most_mib() - before, "MiB", test::at_most(most_mib));
  }

  void hangs(const std::string& name, std::size_t count) {
    table_.add(name + ": without an end", static_cast<double>(count), "", test::at_most(0));
  }

  // A byte now and then.
  void slow_heads() {
    Crowd crowd(server_.port());
    crowd.connect(kSlow);
    hangs("slow heads", kSlow - crowd.wait_until_connected(kPatience));
    const auto end = Crowd::Clock::now() + kWatched;
    for (std::size_t i = 0; Crowd::Clock::now() < end; ++i) {
      crowd.send(kHealth.substr(i % 20, 1));
      std::this_thread::sleep_for(200ms);
    }
  }

  void connects_at_once() {
    Crowd crowd(server_.port());
    crowd.connect(kAtOnce);
    crowd.wait_until_connected(kPatience);
    crowd.send(kHealth);
    const auto outcome = crowd.wait_for_answers(kPatience);
    hangs("connects at once", kAtOnce - outcome.good);
  }

  void idle_connections() {
    Crowd crowd(server_.port());
    crowd.connect(kIdle);
    hangs("idle connections", kIdle - crowd.wait_until_connected(kPatience));
    std::this_thread::sleep_for(kWatched);
  }

  // Those for whom there is no room are told to come again.
  void parallel_logins() {
    const json person{{"email", "ada@example.com"}, {"password", "correct horse"}};
    if (test::ApiClient(server_.port()).post("/api/auth/register", person).status != 201)
      throw std::runtime_error("the sign-up failed");
    const auto body = person.dump();
    const auto login =
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    Crowd crowd(server_.port());
    crowd.connect(kLogins);
    crowd.wait_until_connected(kPatience);
    crowd.send(login);
    const auto outcome = crowd.wait_for_answers(kPatience);
    hangs("parallel logins", kLogins - outcome.answered);
    table_.add("parallel logins: signed in", static_cast<double>(outcome.good), "");
  }

  // It is refused by its head; what is in it does not matter.
  void gzip_bomb() {
    const auto bomb =
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Content-Encoding: gzip\r\nContent-Length: " +
        std::to_string(kBombBytes) + "\r\n\r\n" + std::string(kBombBytes, '\0');
    Crowd crowd(server_.port());
    crowd.connect(20);
    crowd.wait_until_connected(kPatience);
    crowd.send(bomb);
    hangs("gzip bomb", 20 - crowd.wait_for_answers(kPatience).answered);
  }

  test::BenchTable& table_;
  test::OwnkeyServer server_;
};

// Ours and, as it inherits it, the server's.
void raise_file_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < kIdle + kAtOnce + 200)
    throw std::runtime_error("this needs " + std::to_string(kIdle + kAtOnce + 200) +
                             " open files; raise the limit (ulimit -Hn)");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures the server under very many connections"};
  std::filesystem::path json_file;
  app.add_option("--json", json_file, "file for the results");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  test::BenchTable table;
  int status = 0;
  try {
    raise_file_limit();
    Bench(table).run();
  } catch (const std::exception& problem) {
    std::cerr << "front_load_bench: " << problem.what() << std::endl;
    status = 2;
  }
  table.print(std::cout);
  if (status == 0 && !json_file.empty()) table.write_json(json_file);
  return status != 0 ? status : table.all_met() ? 0 : 1;
}
