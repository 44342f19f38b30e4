// The command line that all programs here share: --windows, --seconds, --json. Exit status: 0 all targets are met,
// 1 some are not, 2 nothing was measured.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>

#include "tests/support/bench_table.h"

namespace ownkey::bench {

struct BenchOptions {
  int windows = 5;
  double seconds = 0.6;  // of a window

  std::chrono::milliseconds window() const {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  }
};

inline int bench_main(int argc, char** argv, const std::string& about,
                      const std::function<void(const BenchOptions&, test::BenchTable&)>& measure) {
  CLI::App app{about};
  BenchOptions options;
  std::filesystem::path json_file;
  app.add_option("--windows", options.windows, "windows of each measurement; the median counts")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "length of a window")
      ->check(CLI::Range(0.05, 60.0))
      ->capture_default_str();
  app.add_option("--json", json_file, "file for the results");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  test::BenchTable table;
  try {
    measure(options, table);
  } catch (const std::exception& problem) {
    std::cerr << app.get_name() << ": " << problem.what() << std::endl;
    return 2;
  }
  table.print(std::cout);
  if (!json_file.empty()) table.write_json(json_file);
  return table.all_met() ? 0 : 1;
}

}  // namespace ownkey::bench
