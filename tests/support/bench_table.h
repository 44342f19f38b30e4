// BenchTable: what was measured beside what was wanted, for people as a table and for programs as JSON.
#pragma once

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "shared/json.h"

namespace ownkey::test {

class BenchTable {
 public:
  // Without a target the value is there to be known.
  void add(std::string name, double value, std::string unit, std::optional<double> at_most = {}) {
    rows_.push_back({std::move(name), value, std::move(unit), at_most});
  }

  bool all_met() const {
    return std::all_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.is_met(); });
  }

  void print(std::ostream& out) const {
    for (const auto& row : rows_)
      out << std::left << std::setw(56) << row.name << std::right << std::setw(12) << text_of(row.value) << ' '
          << std::left << std::setw(4) << row.unit << std::setw(14)
          << (row.at_most ? " at most " + text_of(*row.at_most) : "") << row.verdict() << '\n';
  }

  void write_json(const std::filesystem::path& file) const {
    auto rows = json::array();
    for (const auto& row : rows_) {
      json entry{{"name", row.name}, {"value", row.value}, {"unit", row.unit}, {"verdict", row.verdict()}};
      if (row.at_most) entry["at_most"] = *row.at_most;
      rows.push_back(std::move(entry));
    }
    std::ofstream(file) << rows.dump(2) << '\n';
  }

 private:
  struct Row {
    std::string name;
    double value;
    std::string unit;
    std::optional<double> at_most;

    bool is_met() const { return !at_most || value <= *at_most; }
    std::string verdict() const { return at_most ? (is_met() ? "met" : "missed") : ""; }
  };

  static std::string text_of(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(value < 100 ? 2 : 0) << value;
    return text.str();
  }

  std::vector<Row> rows_;
};

}  // namespace ownkey::test
