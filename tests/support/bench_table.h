// BenchTable: what was measured beside what was wanted and beside the floor of that row (what there would be without
// us, measured in turn with it), for people as a table and for programs as JSON.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "shared/json.h"

namespace ownkey::test {

struct Target {
  enum class Side { AtMost, AtLeast };
  Side side;
  double limit;

  bool is_met(double value) const { return side == Side::AtMost ? value <= limit : value >= limit; }
};

inline Target at_most(double limit) { return {Target::Side::AtMost, limit}; }
inline Target at_least(double limit) { return {Target::Side::AtLeast, limit}; }

struct Floor {
  std::string name;
  double value;
};

class BenchTable {
 public:
  // Without a target the value is there to be known.
  void add(std::string name, double value, std::string unit, std::optional<Target> target = {},
           std::optional<Floor> floor = {}) {
    rows_.push_back({std::move(name), value, std::move(unit), target, std::move(floor)});
  }

  bool all_met() const {
    return std::all_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.is_met(); });
  }

  void print(std::ostream& out) const {
    for (const auto& row : rows_) {
      out << std::left << std::setw(56) << row.name << std::right << std::setw(12) << text_of(row.value) << ' '
          << std::left << std::setw(5) << row.unit << std::setw(18) << row.target_text() << std::setw(7)
          << row.verdict();
      if (row.floor) out << text_of(row.ratio()) << " x " << row.floor->name << ' ' << text_of(row.floor->value);
      out << '\n';
    }
  }

  void write_json(const std::filesystem::path& file) const {
    auto rows = json::array();
    for (const auto& row : rows_) {
      json entry{{"name", row.name}, {"value", row.value}, {"unit", row.unit}, {"verdict", row.verdict()}};
      if (row.target) entry[row.target->side == Target::Side::AtMost ? "at_most" : "at_least"] = row.target->limit;
      if (row.floor) entry["floor"] = {{"name", row.floor->name}, {"value", row.floor->value}};
      if (row.floor) entry["ratio"] = row.ratio();
      rows.push_back(std::move(entry));
    }
    std::ofstream(file) << rows.dump(2) << '\n';
  }

 private:
  struct Row {
    std::string name;
    double value;
    std::string unit;
    std::optional<Target> target;
    std::optional<Floor> floor;

    bool is_met() const { return !target || target->is_met(value); }
    std::string verdict() const { return target ? (is_met() ? "met" : "missed") : ""; }
    double ratio() const { return floor->value == 0 ? 0 : value / floor->value; }
    std::string target_text() const {
      if (!target) return "";
      return (target->side == Target::Side::AtMost ? "at most " : "at least ") + text_of(target->limit);
    }
  };

  static std::string text_of(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(value < 10 ? 3 : value < 100 ? 2 : 0) << value;
    return text.str();
  }

  std::vector<Row> rows_;
};

}  // namespace ownkey::test
