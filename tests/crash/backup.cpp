// `ownkey backup`, killed anywhere while people write: what looks like a backup is one, the data are as they were, and
// the next run makes a backup.
#include <list>
#include <optional>
#include <thread>

#include "tests/crash/running_server.h"
#include "tests/crash/scenario.h"
#include "tests/crash/writer.h"
#include "tests/support/command.h"

namespace ownkey::crash {
namespace {

constexpr int kWriters = 3;
constexpr int kChanges = 15;      // of each writer, beside one backup
constexpr int kWholeBackup = 10;  // one run that is not killed after so many

class Backup final : public Scenario {
 public:
  Backup(Dice& dice, Report& report) : dice_(dice), report_(report), server_(report) {
    for (int i = 0; i < kWriters; ++i)
      writers_.emplace_back("writer-" + std::to_string(i), dice_()).write(server_.port(), kChanges);
    make_whole_backup();
  }

  bool kill_once() override {
    std::list<std::thread> writing;
    for (auto& writer : writers_)
      writing.emplace_back([&writer, port = server_.port()] { writer.write(port, kChanges); });
    test::ChildProcess process({test::ownkey_program(), "backup", target().string(), "--data", data().string()});
    sleep_up_to(whole_, dice_);
    const bool was_killed = process.stop(SIGKILL) == 128 + SIGKILL;
    for (auto& thread : writing) thread.join();

    if (was_killed) report_.add_kill();
    if (std::filesystem::exists(target())) check_backup();
    DataLook look(data(), server_.master_keys(), report_);
    look.check_all_files();
    for (auto& writer : writers_) writer.check(server_.port(), look, report_);
    if (was_killed && report_.kills() % kWholeBackup == 0) make_whole_backup();
    return was_killed;
  }

  void finish() override { make_whole_backup(); }

  std::filesystem::path data() const override { return server_.data(); }

 private:
  std::filesystem::path target() const { return folder_ / "backup"; }

  // Nobody writes meanwhile, so that it is known what must be in it.
  void make_whole_backup() {
    const auto begin = std::chrono::steady_clock::now();
    const auto ended = test::run_ownkey({"backup", target().string(), "--data", data().string()});
    whole_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    if (ended.status != 0) {
      report_.add(Harm::Unfinished, "a backup that was not killed failed: " + ended.err);
      return;
    }
    const auto restored = restore();
    if (!restored) return;
    DataLook look(*restored, server_.master_keys(), report_);
    look.check_all_files();
    look.check_all_keys();
    for (auto& writer : writers_) writer.check_keys(look, report_);
  }

  // Whole, although the run that made it was killed: it had just been done.
  void check_backup() {
    const auto restored = restore();
    if (!restored) return;
    DataLook look(*restored, server_.master_keys(), report_);
    look.check_all_files();
    look.check_all_keys();
  }

  // Takes the backup away and gives the data folder that it made.
  std::optional<std::filesystem::path> restore() {
    const auto restored = folder_ / "restored";
    std::filesystem::remove_all(restored);
    const auto ended = test::run_ownkey({"restore", target().string(), "--data", restored.string()});
    std::filesystem::remove_all(target());
    if (ended.status == 0) return restored;
    report_.add(Harm::Corrupt, "what looks like a backup is none: " + ended.err);
    return std::nullopt;
  }

  Dice& dice_;
  Report& report_;
  test::TempFolder folder_;
  RunningServer server_;
  std::list<Writer> writers_;
  std::chrono::microseconds whole_{0};  // how long a run takes that is not killed
};

}  // namespace

std::unique_ptr<Scenario> backup(Dice& dice, Report& report) { return std::make_unique<Backup>(dice, report); }

}  // namespace ownkey::crash
