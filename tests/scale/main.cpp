// Measures what grows with the number of users, and what must not: looking at one's keys, rotating the master key,
// memory.
//
// Prints a table. Exit status: 0 all targets are met, 1 some are not, 2 bad usage or no room.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <random>
#include <thread>

#include "server/crypto/digest.h"
#include "tests/scale/population.h"
#include "tests/support/api_client.h"
#include "tests/support/bench_table.h"
#include "tests/support/command.h"
#include "tests/support/resident_memory.h"
#include "tests/support/vault_fixture.h"

namespace {

using namespace ownkey;
using namespace ownkey::scale;
using Clock = std::chrono::steady_clock;

constexpr int kFewUsers = 10;
constexpr int kRequests = 4000;  // of each server
constexpr int kWarmUp = 500;     // of them, not counted
constexpr std::size_t kSpotChecks = 200;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

class Latencies {
 public:
  void add(double value) { values_.push_back(value); }
  std::size_t count() const { return values_.size(); }
  double at(double share) {
    std::ranges::sort(values_);
    return values_.empty() ? 0 : values_[static_cast<std::size_t>(share * static_cast<double>(values_.size() - 1))];
  }

 private:
  std::vector<double> values_;
};

std::string new_master_key(const std::string& id) {
  const auto made = test::run_ownkey({"keygen"}).out;
  return id + ":" + made.substr(0, made.find('\n'));
}

// A server on a population, and somebody who asks it in the name of one person after the other.
class Served {
 public:
  Served(const Population& population, const std::string& master_keys)
      : population_(population),
        begin_(Clock::now()),
        server_({"--data", population.folder().string(), "--log", "error"}, {"OWNKEY_KEYS=" + master_keys}),
        start_ms_(milliseconds_since(begin_)),
        client_(server_.port()) {}

  double start_ms() const { return start_ms_; }

  // How long the list of a random person's keys takes.
  double list_ms() {
    const auto& people = population_.people();
    client_.use_token(people[std::uniform_int_distribution<std::size_t>(0, people.size() - 1)(dice_)].token);
    const auto begin = Clock::now();
    const auto answer = client_.get("/api/settings/credentials");
    const double took = milliseconds_since(begin);
    if (answer.status != 200 || answer.body().size() != 3)
      throw std::runtime_error("a list of keys was answered with " + answer.text);
    return took;
  }

  double resident_mib() const { return test::resident_mib(server_.process()); }

 private:
  const Population& population_;
  std::mt19937 dice_{20260101};
  const Clock::time_point begin_;
  test::OwnkeyServer server_;
  const double start_ms_;
  test::ApiClient client_;
};

// One request here, one there: what else the machine does meanwhile meets both alike.
void measure_lists(Served& few, Served& many, const std::string& count, test::BenchTable& table) {
  Latencies of_few, of_many;
  for (int i = 0; i < kRequests; ++i) {
    const double few_ms = few.list_ms(), many_ms = many.list_ms();
    if (i < kWarmUp) continue;
    of_few.add(few_ms);
    of_many.add(many_ms);
  }
  table.add("list keys, 10 users, p50", of_few.at(0.5), "ms");
  table.add("list keys, 10 users, p99", of_few.at(0.99), "ms");
  table.add("list keys, " + count + " users, p50", of_many.at(0.5), "ms");
  table.add("list keys, " + count + " users, p99", of_many.at(0.99), "ms");
  table.add("list keys, p99 of " + count + " users to that of 10", of_many.at(0.99) / of_few.at(0.99), "x",
            test::at_most(1.5));
  table.add("memory of the server, 10 users", few.resident_mib(), "MiB");
  table.add("memory of the server, " + count + " users", many.resident_mib(), "MiB", test::at_most(256));
}

void check_some(const Population& population, const std::string& master_keys) {
  const base::SystemClock clock;
  crypto::SystemRandom random;
  const auto accounts = test::value_of(store::open_account_store(population.folder() / "accounts.db"));
  store::UserStores users(population.folder(), 16, crypto::sha256_text);
  const auto given = test::value_of(crypto::MasterKeys::parse(Secret(master_keys)));
  const auto keys = test::value_of(vault::KeyRing::open(*accounts, given, random, clock));
  vault::CredentialVault vault(*accounts, users, keys, random, clock);
  const auto& people = population.people();
  for (std::size_t i = 0; i < people.size(); i += std::max<std::size_t>(1, people.size() / kSpotChecks)) {
    if (test::value_of(accounts->current_data_key(people[i].user)).master_key_id != keys.primary())
      throw std::runtime_error("a data key was not rotated");
    const auto info = test::value_of(vault.find(people[i].user, Provider::OpenAi, vault::kDefaultLabel));
    const auto opened = test::value_of(vault.open(people[i].user, info.value().id));
    if (opened.reveal() != Population::openai_key_of(people[i]))
      throw std::runtime_error("a key is another one after the rotation");
  }
}

// `ownkey keys rotate` beside the server, which goes on answering.
void measure_rotation(Served& served, const Population& population, const std::string& master_keys,
                      test::BenchTable& table) {
  std::atomic<bool> is_over = false;
  Latencies meanwhile;
  std::string failure;
  std::thread asking([&] {
    try {
      while (!is_over) meanwhile.add(served.list_ms());
    } catch (const std::exception& problem) {
      failure = problem.what();
    }
  });
  const auto begin = Clock::now();
  const auto ended = test::run_ownkey({"keys", "rotate", "--json", "--data", population.folder().string()},
                                      {"OWNKEY_KEYS=" + master_keys});
  const double took = milliseconds_since(begin);
  is_over = true;
  asking.join();
  if (ended.status != 0) throw std::runtime_error("the rotation failed: " + ended.err);
  if (!failure.empty()) throw std::runtime_error("during the rotation " + failure);
  check_some(population, master_keys);
  table.add("rotate the master key of " + std::to_string(population.people().size()) + " users, serving", took / 1000,
            "s", test::at_most(5));
  table.add("list keys meanwhile, p99", meanwhile.at(0.99), "ms");
}

constexpr std::string_view kKeysFile = "master-keys";

// Lists alone, of data that --keep has left: a rotation changes them.
void run_again(const std::filesystem::path& folder, test::BenchTable& table) {
  const auto keys = test::read_file(folder / kKeysFile);
  const Population few_people(folder / "few"), many_people(folder / "many");
  Served few(few_people, keys), many(many_people, keys);
  measure_lists(few, many, std::to_string(many_people.people().size()), table);
}

void run(const std::filesystem::path& folder, int users, test::BenchTable& table) {
  const auto k1 = new_master_key("k1"), k2 = new_master_key("k2");
  const auto count = std::to_string(users);
  const Population few_people(folder / "few", k1, kFewUsers);
  const auto begin = Clock::now();
  const Population many_people(folder / "many", k1, users);
  table.add("make " + count + " users with 3 keys each", milliseconds_since(begin) / 1000, "s");
  test::write_file(folder / kKeysFile, k2 + "," + k1);
  std::cerr << "waiting for the disk" << std::endl;
  ::sync();

  Served few(few_people, k1), many(many_people, k2 + "," + k1);
  table.add("start, " + count + " users", many.start_ms() / 1000, "s");
  std::cerr << "listing keys" << std::endl;
  measure_lists(few, many, count, table);
  std::cerr << "rotating" << std::endl;
  measure_rotation(many, many_people, k2 + "," + k1, table);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures an installation with very many users"};
  int users = 100'000;
  std::filesystem::path folder = OWNKEY_BINARY_DIR "/scale", json_file;
  bool keep = false, again = false;
  app.add_option("--users", users, "how many")->check(CLI::Range(1, 10'000'000))->capture_default_str();
  app.add_option("--folder", folder, "where their data go; emptied before and after")->capture_default_str();
  app.add_option("--json", json_file, "file for the results");
  app.add_flag("--keep", keep, "leave the data there");
  app.add_flag("--again", again, "only list keys, of data that --keep left; they stay");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  test::BenchTable table;
  int status = 0;
  try {
    if (again) {
      run_again(folder, table);
    } else {
      std::filesystem::remove_all(folder);
      run(folder, users, table);
    }
  } catch (const std::exception& problem) {
    std::cerr << "scale_bench: " << problem.what() << std::endl;
    status = 2;
  }
  if (!keep && !again) std::filesystem::remove_all(folder);
  table.print(std::cout);
  if (status == 0 && !json_file.empty()) table.write_json(json_file);
  return status != 0 ? status : table.all_met() ? 0 : 1;
}
