// OldData: a data folder as the first version left it, with people, their keys, sessions and workflows.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "tests/crash/person.h"
#include "tests/support/temp_folder.h"

namespace ownkey::crash {

class OldData {
 public:
  explicit OldData(int people);

  // `folder` has these data and no others afterwards.
  void copy_to(const std::filesystem::path& folder) const;

  const std::vector<Person>& people() const { return people_; }

 private:
  void copy_as_old(const std::filesystem::path& now, std::string_view name, std::string_view first_schema) const;

  test::TempFolder folder_;
  std::vector<Person> people_;
};

}  // namespace ownkey::crash
