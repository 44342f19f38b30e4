// Writer: somebody who changes their keys and workflows through the API, one change after the other, and notes what was
// acknowledged.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/crash/data_look.h"
#include "tests/crash/expected.h"
#include "tests/crash/scenario.h"
#include "tests/support/api_client.h"

namespace ownkey::crash {

class Writer {
 public:
  // `name` must be of this writer alone, and without '@'. The seed is for the changes that they choose.
  Writer(std::string name, std::uint32_t seed) : name_(std::move(name)), dice_(seed) {}

  bool is_signed_up() const { return !token_.empty(); }

  // Signs up at first, then makes `most` changes, or as many as the server takes before it is gone.
  void write(int port, int most);

  // After a restart of the server: whether all is there that was acknowledged, and nothing that was never tried.
  void check(int port, DataLook& look, Report& report);
  // The keys alone, which needs no server.
  void check_keys(DataLook& look, Report& report);

 private:
  using KeyPlace = std::pair<std::string, std::string>;  // provider and label

  void sign_up(test::ApiClient& client);
  void change_something(test::ApiClient& client);
  void save_key(test::ApiClient& client, const KeyPlace& place);
  void remove_key(test::ApiClient& client, const KeyPlace& place);
  void verify_key(test::ApiClient& client, const KeyPlace& place);
  void create_workflow(test::ApiClient& client);
  void change_workflow(test::ApiClient& client);

  void check_workflows(test::ApiClient& client, Report& report);

  const std::string name_;
  Dice dice_;
  int next_ = 0;  // so that no value is written twice
  int sign_ups_ = 0;
  std::string email_, token_;
  std::map<KeyPlace, Expected> keys_;
  std::set<KeyPlace> verified_;                // and not changed since
  std::map<std::string, Expected> workflows_;  // the description, by the name, which never changes
  std::map<std::string, std::string> workflow_ids_;
};

}  // namespace ownkey::crash
