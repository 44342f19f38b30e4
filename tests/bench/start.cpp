// What the program costs before it does anything: its start, its memory, its size.
#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/windows.h"
#include "tests/support/command.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;

constexpr std::chrono::seconds kIdle{1};

double stripped_mib() {
  const test::TempFolder folder;
  const auto stripped = folder / "ownkey";
  test::ChildProcess strip({"/usr/bin/strip", "-o", stripped.string(), test::ownkey_program()});
  if (strip.wait() != 0) throw std::runtime_error("strip failed: " + strip.err());
  return static_cast<double>(std::filesystem::file_size(stripped)) / (1 << 20);
}

void measure(const BenchOptions& options, test::BenchTable& table) {
  Home home({.people = 10});
  Series start, memory;
  in_turn("starting", options.windows, [&] {
    home.stop();
    start.add(std::chrono::duration<double, std::milli>(home.start()).count());
    std::this_thread::sleep_for(kIdle);
    memory.add(home.resident_mib());
  });
  table.add("start to first answer", start.median(), "ms", test::at_most(60));
  table.add("idle memory", memory.median(), "MiB", test::at_most(20));
  table.add("server program, stripped", stripped_mib(), "MiB", test::at_most(8));
}

}  // namespace

int main(int argc, char** argv) { return bench_main(argc, argv, "Measures start, idle memory and size", measure); }
