// A scenario: one kind of work that is killed again and again, and what must hold after each kill.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/crash/report.h"

namespace ownkey::crash {

using Dice = std::mt19937;

inline int roll(Dice& dice, int sides) { return std::uniform_int_distribution(0, sides - 1)(dice); }

inline void sleep_up_to(std::chrono::microseconds longest, Dice& dice) {
  std::uniform_int_distribution<std::int64_t> moment(0, longest.count());
  std::this_thread::sleep_for(std::chrono::microseconds(moment(dice)));
}

class Scenario {
 public:
  virtual ~Scenario() = default;

  // Lets the work run, kills it at a random moment and looks at what it left. False when it had ended before.
  virtual bool kill_once() = 0;
  // After the last kill: whatever is still to be looked at.
  virtual void finish() = 0;
  // What there is to look at when something went wrong.
  virtual std::filesystem::path data() const = 0;
};

// Borrows both. The same dice throw the same moments and values; what each meets is up to the machine.
using MakeScenario = std::unique_ptr<Scenario> (*)(Dice& dice, Report& report);

std::unique_ptr<Scenario> writes(Dice& dice, Report& report);
std::unique_ptr<Scenario> master_key_rotation(Dice& dice, Report& report);
std::unique_ptr<Scenario> data_key_rotation(Dice& dice, Report& report);
std::unique_ptr<Scenario> migration(Dice& dice, Report& report);
std::unique_ptr<Scenario> backup(Dice& dice, Report& report);

struct ScenarioInfo {
  std::string_view name;
  int short_kills;
  int long_kills;
  MakeScenario make;
};

inline constexpr ScenarioInfo kScenarios[] = {
    {"writes", 20, 1000, writes},
    {"rotate", 6, 100, master_key_rotation},
    {"rotate-data", 6, 100, data_key_rotation},
    {"migration", 8, 200, migration},
    {"backup", 5, 200, backup},
};

}  // namespace ownkey::crash
