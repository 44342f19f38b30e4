// `ownkey serve`, killed while several people write through its API.
#include <list>
#include <thread>

#include "tests/crash/running_server.h"
#include "tests/crash/scenario.h"
#include "tests/crash/writer.h"

namespace ownkey::crash {
namespace {

constexpr int kWriters = 4;
constexpr int kFullLook = 50;  // a look at everybody after so many kills
constexpr int kWithoutEnd = 1'000'000;
// Long enough now and then for a password to be hashed.
constexpr auto kUsualLife = std::chrono::milliseconds(150), kLongLife = std::chrono::milliseconds(1200);

class Writes final : public Scenario {
 public:
  Writes(Dice& dice, Report& report) : dice_(dice), report_(report), server_(report) {
    for (int i = 0; i < kWriters; ++i) {
      add_writer();
      writers_.back()->write(server_.port(), 1);
    }
  }

  bool kill_once() override {
    if (roll(dice_, 5) == 0) replace_a_writer();
    std::list<std::thread> writing;
    for (auto* writer : writers_)
      writing.emplace_back([writer, port = server_.port()] { writer->write(port, kWithoutEnd); });
    sleep_up_to(roll(dice_, 8) == 0 ? kLongLife : kUsualLife, dice_);
    server_.kill();
    for (auto& thread : writing) thread.join();
    report_.add_kill();
    server_.start();

    DataLook look(server_.data(), server_.master_keys(), report_);
    look.check_accounts_file();
    if (report_.kills() % kFullLook == 0) look_at_all(look);
    else
      for (auto* writer : writers_) writer->check(server_.port(), look, report_);
    return true;
  }

  void finish() override {
    DataLook look(server_.data(), server_.master_keys(), report_);
    look_at_all(look);
  }

  std::filesystem::path data() const override { return server_.data(); }

 private:
  void add_writer() {
    everybody_.emplace_back("writer-" + std::to_string(everybody_.size()), dice_());
    writers_.push_back(&everybody_.back());
  }

  // Somebody new signs up while the others write; the one before them writes no more.
  void replace_a_writer() {
    writers_.erase(writers_.begin());
    add_writer();
  }

  void look_at_all(DataLook& look) {
    look.check_all_files();
    look.check_all_keys();
    for (auto& writer : everybody_) writer.check(server_.port(), look, report_);
  }

  Dice& dice_;
  Report& report_;
  RunningServer server_;
  std::list<Writer> everybody_;
  std::vector<Writer*> writers_;  // those who write now
};

}  // namespace

std::unique_ptr<Scenario> writes(Dice& dice, Report& report) { return std::make_unique<Writes>(dice, report); }

}  // namespace ownkey::crash
