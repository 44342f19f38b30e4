// OldData: a data folder as the first version left it, with people, their keys, sessions and workflows.
#pragma once

#include <map>
#include <string>

#include "tests/support/vault_fixture.h"

namespace ownkey::crash {

class OldData {
 public:
  struct Person {
    base::UserId user;
    std::string token;
    std::map<Provider, std::string> keys;
    std::string workflow;  // its name
  };

  explicit OldData(int people);

  // `folder` has these data and no others afterwards.
  void copy_to(const std::filesystem::path& folder) const;

  const std::vector<Person>& people() const { return people_; }

 private:
  Person add_person(test::VaultFixture& now);
  void copy_as_old(const std::filesystem::path& now, std::string_view name, std::string_view first_schema) const;

  test::TempFolder folder_;
  std::vector<Person> people_;
};

}  // namespace ownkey::crash
