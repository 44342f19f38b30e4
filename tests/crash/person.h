// Person: somebody whose data were made without the API, and never change.
#pragma once

#include <map>
#include <string>

#include "server/base/ids.h"
#include "shared/provider.h"
#include "tests/crash/data_look.h"
#include "tests/crash/open_data.h"

namespace ownkey::crash {

struct Person {
  base::UserId user;
  std::string email;
  std::string token;  // of their session
  std::map<Provider, std::string> keys;
  std::string workflow;  // its name
};

inline constexpr std::string_view kPassword = "correct horse";

Person add_person(OpenData& data);

// Reports what is missing of them. A server runs on the data.
void check_person(const Person& person, int port, DataLook& look, Report& report);

}  // namespace ownkey::crash
