// Population: the data of an installation with many users, made without a server.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/base/ids.h"

namespace ownkey::scale {

struct Person {
  base::UserId user;
  std::string token;  // of a session
};

class Population {
 public:
  // Three keys each. Throws when the disk has too little room.
  Population(const std::filesystem::path& folder, const std::string& master_keys, int users);

  const std::filesystem::path& folder() const { return folder_; }
  const std::vector<Person>& people() const { return people_; }
  static std::string openai_key_of(const Person& person) { return "sk-scale-openai-" + person.user.text(); }

 private:
  const std::filesystem::path folder_;
  std::vector<Person> people_;
};

}  // namespace ownkey::scale
