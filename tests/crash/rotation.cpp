// `ownkey keys rotate` and `ownkey keys rotate-data`, killed anywhere: each data key and each stored key opens
// afterwards, and the next run ends the work.
#include <map>

#include "tests/crash/data_look.h"
#include "tests/crash/scenario.h"
#include "tests/support/command.h"
#include "tests/support/many_users.h"
#include "tests/support/rotation_fixture.h"

namespace ownkey::crash {
namespace {

constexpr int kPeople = 10;

class Rotation final : public Scenario {
 public:
  // `more_users` have no keys of their own, which makes work for several batches of data keys.
  Rotation(std::vector<std::string> command, int more_users, Dice& dice, Report& report)
      : command_(std::move(command)), dice_(dice), report_(report) {
    (void)fixture_.start_with(both());  // notes k2, as a server does
    for (int i = 0; i < kPeople; ++i) add_person();
    test::add_many_users(data() / "accounts.db", fixture_.keys, fixture_.random, more_users, fixture_.clock.now());
    command_.insert(command_.begin(), {test::ownkey_program(), "keys"});
    command_.insert(command_.end(), {"--data", data().string()});
    const auto begin = std::chrono::steady_clock::now();
    run_to_end(fixture_.k2, fixture_.k1);
    whole_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  }

  bool kill_once() override {
    k2_is_primary_ = !k2_is_primary_;
    test::ChildProcess process(command_,
                               k2_is_primary_ ? first(fixture_.k2, fixture_.k1) : first(fixture_.k1, fixture_.k2));
    sleep_up_to(whole_, dice_);
    if (process.stop(SIGKILL) != 128 + SIGKILL) return false;
    report_.add_kill();
    check();
    return true;
  }

  void finish() override {
    run_to_end(fixture_.k2, fixture_.k1);
    check();
    const auto uses = test::value_of(fixture_.accounts->master_key_use());
    if (uses.size() != 1 || uses.front().master_key_id != 2)
      report_.add(Harm::Unfinished, "after a whole run, not all data keys are wrapped by the primary");
    for (const auto& [user, keys] : people_)
      if (test::value_of(fixture_.accounts->data_keys(user)).size() != 1)
        report_.add(Harm::Unfinished, user.text() + " has more than one data key after a whole run");
  }

  std::filesystem::path data() const override { return fixture_.folder.path(); }

 private:
  std::string both() const { return fixture_.k1 + "," + fixture_.k2; }

  void add_person() {
    const auto user = fixture_.add_user();
    for (const auto& [provider, key] : {std::pair(Provider::OpenAi, "sk-openai-" + user.text()),
                                        std::pair(Provider::Google, "AQ.google-" + user.text())}) {
      fixture_.save(user, provider, key);
      people_[user][provider] = key;
    }
  }

  static test::ChildProcess::Environment first(const std::string& primary, const std::string& other) {
    return {"OWNKEY_KEYS=" + primary + "," + other};
  }

  void run_to_end(const std::string& primary, const std::string& other) {
    test::ChildProcess process(command_, first(primary, other));
    if (process.wait() != 0) report_.add(Harm::Unfinished, "a run that was not killed failed: " + process.err());
  }

  void check() {
    DataLook look(data(), both(), report_);
    look.check_accounts_file();
    look.check_all_keys();
    for (const auto& [user, expected] : people_) {
      look.check_file_of(user);
      std::map<Provider, std::string> found;
      for (const auto& key : look.keys_of(user)) found[key.info.provider] = key.value;
      if (found != expected) report_.add(Harm::Lost, user.text() + " has other keys than were saved");
    }
  }

  std::vector<std::string> command_;
  Dice& dice_;
  Report& report_;
  test::RotationFixture fixture_;
  std::map<base::UserId, std::map<Provider, std::string>> people_;
  std::chrono::microseconds whole_{0};  // how long a run takes that is not killed
  bool k2_is_primary_ = true;
};

}  // namespace

std::unique_ptr<Scenario> master_key_rotation(Dice& dice, Report& report) {
  return std::make_unique<Rotation>(std::vector<std::string>{"rotate"}, 1000, dice, report);
}

std::unique_ptr<Scenario> data_key_rotation(Dice& dice, Report& report) {
  return std::make_unique<Rotation>(std::vector<std::string>{"rotate-data", "--all"}, 0, dice, report);
}

}  // namespace ownkey::crash
