// Home: an installation with some people who are signed in and have keys, and the server on it. Everything that is
// written waits for the disk, as it does for an operator.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/many_users.h"
#include "tests/support/temp_folder.h"

namespace ownkey::bench {

struct HomeOptions {
  int people = 1;
  int keys_each = 1;  // the first is an OpenAI key under the usual label, the others have labels of their own
  std::vector<std::string> flags = {};
};

class Home {
 public:
  explicit Home(const HomeOptions& options);

  const std::vector<test::SignedIn>& people() const { return people_; }
  int port() const { return port_; }
  pid_t process() const { return process_->id(); }
  std::filesystem::path data() const { return folder_ / "data"; }

  void stop() { process_->stop(); }
  // How long it takes until the first request is answered.
  std::chrono::microseconds start();
  double resident_mib() const;

  // Requests in the name of a person.
  std::string get(std::string_view path, const test::SignedIn& person) const;
  std::string post(std::string_view path, std::string_view body, const test::SignedIn& person,
                   std::string_view more_fields = {}) const;
  // The id of a new workflow of theirs that asks one model.
  std::string add_workflow(const test::SignedIn& person) const;

 private:
  void make(const HomeOptions& options);

  test::TempFolder folder_;
  const std::string master_key_;
  const std::vector<std::string> flags_;
  std::vector<test::SignedIn> people_;
  int port_ = 0;
  std::unique_ptr<test::ChildProcess> process_;
};

}  // namespace ownkey::bench
