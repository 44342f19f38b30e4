// Kills the program at random moments of its work, and looks whether anything acknowledged was lost, any file is
// damaged, or any key does not open to what was saved.
//
// Prints a line for each scenario. Exit status: 0 nothing was lost, 1 something was, 2 bad usage.
#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <optional>
#include <random>

#include "tests/crash/scenario.h"

namespace {

using namespace ownkey::crash;

// What is promised; the short form shares the machine with all other tests, which says nothing about the program.
constexpr auto kLongestStart = std::chrono::seconds(2), kLongestStartBesideOthers = std::chrono::seconds(20);
constexpr int kLines = 20;  // of progress

// What was left behind, for whoever looks into it.
void keep(const std::filesystem::path& data, std::string_view name) {
  const std::filesystem::path kept = std::filesystem::path(OWNKEY_BINARY_DIR) / "crash" / name;
  std::filesystem::remove_all(kept);
  std::filesystem::create_directories(kept);
  std::filesystem::copy(data, kept, std::filesystem::copy_options::recursive);
  std::cerr << "the data is in " << kept.string() << std::endl;
}

void kill_often(Scenario& scenario, int kills, bool shows_progress, Report& report) {
  int tries = 0;
  for (; report.kills() < kills && tries < 5 * kills && report.is_clean(); ++tries) {
    if (!scenario.kill_once() || !shows_progress || report.kills() % std::max(1, kills / kLines) != 0) continue;
    std::cerr << report.kills() << " of " << kills << " kills" << std::endl;
  }
  if (report.is_clean()) scenario.finish();
  if (report.is_clean() && report.kills() < kills)
    report.add(Harm::Unfinished, "only " + std::to_string(report.kills()) + " of " + std::to_string(tries) +
                                     " runs could be killed before they ended");
}

bool run(const ScenarioInfo& info, bool in_full, std::uint32_t seed) {
  const int kills = in_full ? info.long_kills : info.short_kills;
  Report report(std::string(info.name), in_full ? kLongestStart : kLongestStartBesideOthers);
  Dice dice(seed);
  std::unique_ptr<Scenario> scenario;
  try {
    scenario = info.make(dice, report);
    kill_often(*scenario, kills, in_full, report);
  } catch (const std::exception& problem) {
    report.add(Harm::Unfinished, problem.what());
  }
  std::cout << report.summary() << std::endl;
  if (!report.is_clean() && scenario) keep(scenario->data(), info.name);
  return report.is_clean();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Kills ownkey again and again and looks for what was lost"};
  bool in_full = false;
  std::uint32_t seed = std::random_device()();
  std::vector<std::string> names;
  for (const auto& info : kScenarios) names.emplace_back(info.name);
  std::vector<std::string> chosen = names;
  app.add_flag("--long", in_full, "all kills rather than a few of each kind");
  app.add_option("--seed", seed, "throws the same dice again");
  app.add_option("--only", chosen, "these scenarios alone")->check(CLI::IsMember(names));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  std::cout << "--seed " << seed << std::endl;
  bool clean = true;
  for (const auto& info : kScenarios)
    if (std::ranges::find(chosen, info.name) != chosen.end()) clean = run(info, in_full, seed) && clean;
  return clean ? 0 : 1;
}
