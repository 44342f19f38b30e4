// `ownkey serve` of today on data of the first version, killed while it starts and while people's files are opened for
// the first time.
#include <atomic>
#include <csignal>
#include <thread>

#include "server/store/migrations.h"
#include "tests/crash/data_look.h"
#include "tests/crash/old_data.h"
#include "tests/crash/running_server.h"
#include "tests/crash/scenario.h"
#include "tests/support/api_client.h"

namespace ownkey::crash {
namespace {

constexpr int kPeople = 8;

class Migration final : public Scenario {
 public:
  Migration(Dice& dice, Report& report) : dice_(dice), report_(report), old_(kPeople), server_(report) {
    server_.kill();
    old_.copy_to(data());
    const auto begin = std::chrono::steady_clock::now();
    server_.start();
    open_all_files();
    whole_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    check();
  }

  bool kill_once() override {
    server_.kill();
    old_.copy_to(data());
    start_and_kill();
    report_.add_kill();
    server_.start();
    check();
    return true;
  }

  void finish() override {}

  std::filesystem::path data() const override { return server_.data(); }

 private:
  void start_and_kill() {
    server_.launch();
    std::atomic<bool> has_failed = false;
    std::thread killer([&, process = server_.process()] {
      sleep_up_to(whole_, dice_);
      if (!has_failed) ::kill(process, SIGKILL);
    });
    try {
      server_.wait_until_ready();
      open_all_files();
    } catch (const std::exception&) {
      has_failed = server_.exit_status() != 128 + SIGKILL;
      if (has_failed) report_.add(Harm::Unfinished, "the start failed: " + server_.log());
    }
    killer.join();
    server_.kill();
  }

  void open_all_files() {
    for (const auto& person : old_.people()) {
      test::ApiClient client(server_.port());
      client.use_token(person.token);
      (void)client.get("/api/workflows");
    }
  }

  void check() {
    DataLook look(data(), server_.master_keys(), report_);
    for (const auto& person : old_.people()) check_person(person, server_.port(), look, report_);
    look.check_accounts_file();
    look.check_all_keys();
    check_schemas();
  }

  void check_schemas() {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
      if (entry.path().extension() != ".db") continue;
      const auto newest = entry.path().filename() == "accounts.db" ? store::accounts_migrations().size()
                                                                   : store::user_migrations().size();
      if (schema_version(entry.path()) != static_cast<int>(newest))
        report_.add(Harm::Unfinished, entry.path().string() + " still has an old schema");
    }
  }

  Dice& dice_;
  Report& report_;
  const OldData old_;
  RunningServer server_;
  std::chrono::microseconds whole_{0};  // from the start until all files have been opened
};

}  // namespace

std::unique_ptr<Scenario> migration(Dice& dice, Report& report) { return std::make_unique<Migration>(dice, report); }

}  // namespace ownkey::crash
