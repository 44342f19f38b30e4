// `ownkey serve`, killed while people delete their accounts: each is there with everything, or gone with everything.
#include <atomic>
#include <deque>
#include <thread>

#include "tests/crash/person.h"
#include "tests/crash/running_server.h"
#include "tests/crash/scenario.h"
#include "tests/support/api_client.h"

namespace ownkey::crash {
namespace {

constexpr int kPeople = 6;

class Deletion final : public Scenario {
 public:
  Deletion(Dice& dice, Report& report) : dice_(dice), report_(report), server_(report) {
    add_people();
    const auto begin = std::chrono::steady_clock::now();
    for (auto& leaving : people_) leave(leaving, server_.port());
    whole_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    for (const auto& leaving : people_)
      if (!leaving.is_acknowledged) report_.add(Harm::Unfinished, "an account could not be deleted");
    check();
  }

  bool kill_once() override {
    add_people();
    std::deque<std::thread> going;
    for (auto& leaving : people_) going.emplace_back([&leaving, port = server_.port()] { leave(leaving, port); });
    sleep_up_to(whole_, dice_);
    server_.kill();
    for (auto& thread : going) thread.join();
    report_.add_kill();
    server_.start();
    check();
    return true;
  }

  void finish() override {
    DataLook look(server_.data(), server_.master_keys(), report_);
    look.check_all_files();
    look.check_all_keys();
  }

  std::filesystem::path data() const override { return server_.data(); }

 private:
  struct Leaving {
    Person person;
    bool is_acknowledged = false;
  };

  // Those who are still there from the kill before go on trying.
  void add_people() {
    OpenData data(server_.data(), server_.master_keys());
    while (people_.size() < kPeople) people_.push_back({add_person(data)});
  }

  static void leave(Leaving& leaving, int port) {
    try {
      test::ApiClient client(port);
      client.use_token(leaving.person.token);
      const auto answer = client.send("DELETE", "/api/settings/account", json{{"current_password", kPassword}}.dump());
      leaving.is_acknowledged = answer.status == 204;
    } catch (const std::exception&) {
      // The server is gone, and with it the answer.
    }
  }

  void check() {
    DataLook look(server_.data(), server_.master_keys(), report_);
    look.check_accounts_file();
    std::deque<Leaving> still_there;
    for (auto& leaving : people_) {
      const auto& person = leaving.person;
      if (!look.find_user(person.email)) {
        check_gone(person);
        continue;
      }
      if (leaving.is_acknowledged) report_.add(Harm::Lost, person.email + " is still there after the deletion");
      check_person(person, server_.port(), look, report_);
      still_there.push_back(std::move(leaving));
    }
    people_ = std::move(still_there);
  }

  void check_gone(const Person& person) {
    test::ApiClient client(server_.port());
    client.use_token(person.token);
    if (client.get("/api/auth/me").status != 401) report_.add(Harm::Lost, person.email + "'s session is still there");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data()))
      if (entry.path().filename().string().starts_with(person.user.text()))
        report_.add(Harm::Lost, "a file of a deleted account is still there: " + entry.path().string());
  }

  Dice& dice_;
  Report& report_;
  RunningServer server_;
  std::deque<Leaving> people_;
  std::chrono::microseconds whole_{0};  // how long it takes all of them, one after the other
};

}  // namespace

std::unique_ptr<Scenario> deletion(Dice& dice, Report& report) { return std::make_unique<Deletion>(dice, report); }

}  // namespace ownkey::crash
