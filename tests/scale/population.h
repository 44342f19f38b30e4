// Population: the data of an installation with many users, made without a server.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/many_users.h"

namespace ownkey::scale {

class Population {
 public:
  // Three keys each. Throws when the disk has too little room.
  Population(const std::filesystem::path& folder, const std::string& master_keys, int users);
  // One that was made there before.
  explicit Population(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const std::vector<test::SignedIn>& people() const { return people_; }
  static std::string openai_key_of(const test::SignedIn& person) { return "sk-scale-openai-" + person.user.text(); }

 private:
  const std::filesystem::path folder_;
  std::vector<test::SignedIn> people_;
};

}  // namespace ownkey::scale
