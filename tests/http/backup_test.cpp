// `ownkey backup` and `ownkey restore` as an operator uses them, beside a server that goes on serving.
#include <sys/stat.h>
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <random>
#include <thread>

#include "server/store/database.h"
#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

// Somebody who saves as fast as the server answers. What they save has a number, so that it can be told what was there.
class BusyUser {
 public:
  BusyUser(int port, std::string name) : name_(std::move(name)), client_(test::ApiClient::of_new_user(port, name_)) {
    workflow_ = client_.post("/api/workflows", test::ask_workflow()).body().at("id");
    save(1);
  }
  ~BusyUser() { stop(); }

  void start() {
    thread_ = std::thread([this] {
      while (!is_stopped_) save(saved_ + 1);
    });
  }
  void stop() {
    is_stopped_ = true;
    if (thread_.joinable()) thread_.join();
  }

  const std::string& name() const { return name_; }
  const std::string& workflow() const { return workflow_; }
  int saved() const { return saved_; }
  int failures() const { return failures_; }
  std::string key(int number) const { return "sk-sim-openai-of-" + name_ + "-" + std::to_string(100000 + number); }

 private:
  void save(int number) {
    auto drawing = test::ask_workflow();
    drawing["name"] = std::to_string(number);
    failures_ += client_.save_key("openai", key(number)).status == 200 ? 0 : 1;
    failures_ += client_.put("/api/workflows/" + workflow_, drawing).status == 200 ? 0 : 1;
    saved_ = number;
  }

  const std::string name_;
  test::ApiClient client_;
  std::string workflow_;
  std::thread thread_;
  std::atomic<bool> is_stopped_ = false;
  std::atomic<int> saved_ = 0, failures_ = 0;
};

struct Fixture {
  test::OwnkeyServer server;
  test::TempFolder folder;
  const std::filesystem::path key_file = server.data() / "master.key", backup_folder = folder / "backup",
                              restored = folder / "restored";

  test::Ended backup(const std::filesystem::path& to, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"backup", to.string(), "--data", server.data().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run_ownkey(std::move(arguments));
  }
  json backup_json(const std::filesystem::path& to) {
    const auto ended = backup(to, {"--json"});
    BOOST_REQUIRE_MESSAGE(ended.status == 0, ended.err);
    return json::parse(ended.out);
  }
  test::Ended restore(const std::filesystem::path& from, const std::filesystem::path& to,
                      std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"restore", from.string(), "--data", to.string()};
    if (more.empty()) more = {"--keys-file", key_file.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run_ownkey(std::move(arguments));
  }
  std::string refused_restore(const std::vector<std::string>& more = {}) {
    const auto ended = restore(backup_folder, restored, more);
    BOOST_TEST(ended.status == 1);
    BOOST_TEST(std::ranges::count(ended.err, '\n') == 1, ended.err);
    BOOST_TEST(!std::filesystem::exists(restored));
    return ended.err;
  }
  // 0 when every data key and every stored key opens.
  int doctor(const std::filesystem::path& data) {
    return test::run_ownkey({"keys", "doctor", "--data", data.string(), "--keys-file", key_file.string()}).status;
  }
  test::ApiClient sign_up(const std::string& name) {
    auto client = test::ApiClient::of_new_user(server.port(), name);
    BOOST_REQUIRE(client.save_key("openai", "sk-sim-openai-of-" + name + "-0123456789").status == 200);
    return client;
  }
  static std::filesystem::path file_of(const std::filesystem::path& data, const std::string& id) {
    return data / "users" / id.substr(0, 2) / (id + ".db");
  }
  // Ada, whose file is missing or empty, is told so by all who look for it, and Bob is served.
  void check_is_missed_in(const std::filesystem::path& data, const std::string& id) {
    BOOST_TEST(doctor(data) == 3);
    const auto verified = test::run_ownkey({"audit", "verify", "--data", data.string()});
    BOOST_TEST(verified.status == 3);
    BOOST_TEST(holds(verified.err, id));
    const auto report = test::run_ownkey(
        {"backup", (folder / "later").string(), "--data", data.string(), "--keys-file", key_file.string(), "--json"});
    BOOST_TEST(report.status == 3);
    BOOST_TEST(json::parse(report.out).at("damaged_users") == json::array({id}));
    const auto reset = test::run_ownkey({"user", "reset-two-factor", id, "--data", data.string()});
    BOOST_TEST(reset.status == 1);
    BOOST_TEST(holds(reset.err, "missing or empty"));

    test::OwnkeyServer again({"--data", data.string(), "--keys-file", key_file.string()});
    test::ApiClient ada(again.port());
    const auto refused = ada.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", "correct horse"}});
    BOOST_TEST(refused.status == 500);
    BOOST_TEST(holds(refused.detail(), "missing or empty"));
    BOOST_TEST(holds(refused.detail(), "the operator must bring it back from a backup"));
    auto bob = sign_in(again.port(), "bob");
    BOOST_TEST(bob.get("/api/settings/credentials").body().at(0).at("health") == "readable");
  }
  static test::ApiClient sign_in(int port, const std::string& name) {
    test::ApiClient client(port);
    const auto answer =
        client.post("/api/auth/login", {{"email", name + "@example.com"}, {"password", "correct horse"}});
    BOOST_REQUIRE(answer.status == 200);
    client.use_token(answer.body().at("access_token"));
    return client;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(backup, Fixture)

BOOST_AUTO_TEST_CASE(what_was_answered_before_a_backup_is_in_it_while_people_go_on) {
  std::list<BusyUser> people;
  for (const auto* name : {"ada", "bob", "cyd"}) people.emplace_back(server.port(), name);
  for (auto& person : people) person.start();
  std::atomic<int> signed_up = 0;
  std::jthread newcomers([&](const std::stop_token& stop) {
    while (!stop.stop_requested())
      test::ApiClient::of_new_user(server.port(), "new" + std::to_string(signed_up)), ++signed_up;
  });
  BOOST_TEST(test::eventually([&] {
    return signed_up > 0 && std::ranges::all_of(people, [](const auto& person) { return person.saved() > 10; });
  }));

  std::map<std::string, int> before;
  for (const auto& person : people) before[person.name()] = person.saved();
  const int signed_up_before = signed_up;
  const auto start = std::chrono::steady_clock::now();
  const auto report = backup_json(backup_folder);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  int writes = 0;
  for (auto& person : people) {
    writes += 2 * (person.saved() - before[person.name()]);
    person.stop();
    BOOST_TEST(person.failures() == 0);
  }
  newcomers.request_stop();
  newcomers.join();
  BOOST_TEST_MESSAGE(writes << " writes in the " << time.count() << " s of the backup");
  BOOST_TEST(writes > 0);
  BOOST_TEST(report.at("users") >= 3 + signed_up_before);
  BOOST_TEST(report.at("master_keys") == json::array({"k1"}));
  BOOST_TEST(report.at("stored_keys").at("readable") >= 3);  // those that were just replaced are kept a while

  const auto put_back = restore(backup_folder, restored);
  BOOST_REQUIRE_MESSAGE(put_back.status == 0, put_back.err);
  BOOST_TEST(doctor(restored) == 0);
  BOOST_TEST(test::run_ownkey({"audit", "verify", "--data", restored.string()}).status == 0);
  test::OwnkeyServer again({"--data", restored.string(), "--keys-file", key_file.string()});
  for (const auto& person : people) {
    auto client = sign_in(again.port(), person.name());
    const auto workflow = client.get("/api/workflows/" + person.workflow()).body();
    BOOST_TEST(std::stoi(workflow.at("name").get<std::string>()) >= before[person.name()]);
    again.seen_by_provider().clear();
    BOOST_TEST(client.post("/api/workflows/" + person.workflow() + "/execute").body().at("status") == "success");
    BOOST_REQUIRE(again.seen_by_provider().seen().size() == 1U);
    BOOST_TEST(again.seen_by_provider().seen().front().key >= person.key(before[person.name()]));
  }
  sign_in(again.port(), "new" + std::to_string(signed_up_before - 1));
}

BOOST_AUTO_TEST_CASE(a_backup_is_private_and_holds_no_key_in_clear) {
  auto ada = sign_up("ada");
  const auto report = backup(backup_folder);
  BOOST_TEST(report.status == 0);
  BOOST_TEST(holds(report.out, "THE MASTER KEY IS NOT IN THE BACKUP"));
  BOOST_TEST(holds(report.out, "k1"));
  auto master_key = test::read_file(key_file);
  master_key.erase(master_key.find_last_not_of('\n') + 1);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(backup_folder)) {
    struct stat status {};
    BOOST_REQUIRE(::stat(entry.path().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == (entry.is_directory() ? 0700U : 0600U), entry.path());
    if (entry.is_directory()) continue;
    const auto content = test::read_file(entry.path());
    for (const auto& secret : {std::string("sk-sim-openai-of-ada"), ada.token(), master_key.substr(3)})
      BOOST_TEST(!holds(content, secret), entry.path());
  }
  BOOST_TEST(files_in(backup_folder).size() == 3U);  // accounts.db, hers, and the manifest

  BOOST_TEST(restore(backup_folder, restored).status == 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(restored)) {
    struct stat status {};
    BOOST_REQUIRE(::stat(entry.path().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == (entry.is_directory() ? 0700U : 0600U), entry.path());
  }
}

BOOST_AUTO_TEST_CASE(data_keys_may_be_rotated_during_a_backup) {
  std::list<BusyUser> people;
  for (const auto* name : {"ada", "bob", "cyd"}) people.emplace_back(server.port(), name);
  for (auto& person : people) person.start();
  std::atomic<int> rotations = 0, failures = 0;
  std::jthread rotating([&](const std::stop_token& stop) {
    for (; !stop.stop_requested(); ++rotations)
      failures +=
          test::run_ownkey({"keys", "rotate-data", "--all", "--data", server.data().string()}).status == 0 ? 0 : 1;
  });
  for (int i = 0; i < 3; ++i) {
    const auto name = std::to_string(i);
    BOOST_TEST(backup_json(folder / name).at("stored_keys").at("readable") >= 3);
    BOOST_TEST(restore(folder / name, folder / (name + "-restored")).status == 0);
    BOOST_TEST(doctor(folder / (name + "-restored")) == 0);
  }
  BOOST_TEST(test::eventually([&] { return rotations > 0; }));
  rotating.request_stop();
  rotating.join();
  BOOST_TEST(failures == 0);
  for (auto& person : people) {
    person.stop();
    BOOST_TEST(person.failures() == 0);
  }
}

BOOST_AUTO_TEST_CASE(data_that_a_killed_server_left_is_backed_up_too) {
  sign_up("ada");
  server.stop(SIGKILL);
  BOOST_TEST(backup_json(backup_folder).at("stored_keys").at("readable") == 1);
  BOOST_TEST(restore(backup_folder, restored).status == 0);
  BOOST_TEST(doctor(restored) == 0);
}

BOOST_AUTO_TEST_CASE(a_backup_overwrites_nothing) {
  sign_up("ada");
  BOOST_REQUIRE(backup(backup_folder).status == 0);
  const auto before = test::read_file(backup_folder / "manifest.jsonl");
  const auto again = backup(backup_folder);
  BOOST_TEST(again.status == 1);
  BOOST_TEST(holds(again.err, "is there already"));
  BOOST_TEST(test::read_file(backup_folder / "manifest.jsonl") == before);
  const auto inside = backup(server.data() / "backup");
  BOOST_TEST(inside.status == 1);
  BOOST_TEST(holds(inside.err, "data folder"));
  const auto nothing = test::run_ownkey({"backup", (folder / "b").string(), "--data", (folder / "typo").string()});
  BOOST_TEST(nothing.status == 1);
  BOOST_TEST(holds(nothing.err, "no data"));
  BOOST_TEST(!std::filesystem::exists(folder / "b"));
  BOOST_TEST(!std::filesystem::exists(folder / "typo"));
  std::filesystem::create_directory(folder / "empty");
  BOOST_TEST(backup(folder / "empty").status == 0);
}

BOOST_AUTO_TEST_CASE(a_restore_overwrites_nothing_but_keeps_the_master_key_that_is_there) {
  sign_up("ada");
  BOOST_REQUIRE(backup(backup_folder).status == 0);
  std::filesystem::create_directory(restored);
  test::write_file(restored / "precious", "1");
  const auto refused = restore(backup_folder, restored);
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(holds(refused.err, "overwrites nothing"));
  BOOST_TEST(files_in(restored).size() == 1U);
  std::filesystem::remove(restored / "precious");

  std::filesystem::copy_file(key_file, restored / "master.key");
  const auto done = restore(backup_folder, restored, {"--json"});
  BOOST_REQUIRE_MESSAGE(done.status == 0, done.err);
  BOOST_TEST(json::parse(done.out).at("master_keys_fit") == true);
  BOOST_TEST(test::read_file(restored / "master.key") == test::read_file(key_file));
  BOOST_TEST(std::filesystem::hard_link_count(restored / "master.key") == 1U);
  BOOST_TEST(test::run_ownkey({"keys", "doctor", "--data", restored.string()}).status == 0);
}

BOOST_AUTO_TEST_CASE(a_restore_wants_the_right_master_key_or_says_which_one_is_needed) {
  sign_up("ada");
  BOOST_REQUIRE(backup(backup_folder).status == 0);
  test::write_file(folder / "wrong.key", test::run_ownkey({"keygen"}).out);
  std::filesystem::permissions(folder / "wrong.key", std::filesystem::perms::owner_read);
  BOOST_TEST(holds(refused_restore({"--keys-file", (folder / "wrong.key").string()}), "k1"));
  const auto without = restore(backup_folder, restored, {"--json"});
  BOOST_TEST(without.status == 0);
  BOOST_TEST(json::parse(without.out).at("master_keys_fit") == false);
  BOOST_TEST(json::parse(without.out).at("master_keys") == json::array({"k1"}));
}

BOOST_AUTO_TEST_CASE(a_backup_that_was_changed_is_refused) {
  sign_up("ada");
  BOOST_REQUIRE(backup(backup_folder).status == 0);
  const auto files = files_in(backup_folder);
  for (const auto& file : files) {
    const auto content = test::read_file(file);
    auto changed = content;
    changed[changed.size() / 2] ^= 1;
    test::write_file(file, changed);
    BOOST_TEST(holds(refused_restore(), "another backup"), file);
    test::write_file(file, content);
  }
  const auto manifest = test::read_file(backup_folder / "manifest.jsonl");
  auto other_key = manifest;
  other_key.replace(other_key.find("\"k1\""), 4, "\"k2\"");
  test::write_file(backup_folder / "manifest.jsonl", other_key);
  BOOST_TEST(holds(refused_restore(), "not about this accounts.db"));
  std::filesystem::remove(backup_folder / "manifest.jsonl");
  BOOST_TEST(holds(refused_restore(), "not a whole backup"));
  test::write_file(backup_folder / "manifest.jsonl", manifest);
  BOOST_TEST(restore(backup_folder, restored).status == 0);
}

BOOST_AUTO_TEST_CASE(killed_anywhere_there_is_all_or_nothing) {
  constexpr int kKills = 10;
  for (const auto* name : {"ada", "bob", "cyd"}) sign_up(name);
  const auto kill_often = [&](const std::vector<std::string>& command, const std::filesystem::path& result,
                              const auto& is_whole) {
    const auto start = std::chrono::steady_clock::now();
    BOOST_REQUIRE(test::run_ownkey(command).status == 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    std::mt19937 dice(20260101);
    std::uniform_int_distribution<std::int64_t> moment(0, whole.count());
    auto with_program = command;
    with_program.insert(with_program.begin(), test::ownkey_program());
    int killed = 0;
    for (int i = 0; i < kKills; ++i) {
      std::filesystem::remove_all(result);
      test::ChildProcess process(with_program);
      std::this_thread::sleep_for(std::chrono::microseconds(moment(dice)));
      killed += process.stop(SIGKILL) == 128 + SIGKILL ? 1 : 0;
      BOOST_TEST((!std::filesystem::exists(result) || is_whole()));
    }
    BOOST_TEST(killed > kKills / 2);
    std::filesystem::remove_all(result);
    BOOST_TEST(test::run_ownkey(command).status == 0);
    BOOST_TEST(is_whole());
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      BOOST_TEST(!holds(entry.path().filename().string(), "unfinished"), entry.path());
  };
  const auto trial = folder / "trial";
  kill_often({"backup", backup_folder.string(), "--data", server.data().string()}, backup_folder, [&] {
    std::filesystem::remove_all(trial);
    return restore(backup_folder, trial).status == 0 && doctor(trial) == 0;
  });
  kill_often({"restore", backup_folder.string(), "--data", restored.string(), "--keys-file", key_file.string()},
             restored, [&] { return doctor(restored) == 0; });
}

BOOST_AUTO_TEST_CASE(a_damaged_accounts_database_ends_the_start_with_the_way_back) {
  sign_up("ada");
  BOOST_REQUIRE(backup(backup_folder).status == 0);
  BOOST_REQUIRE(server.stop() == 0);
  const auto database = server.data() / "accounts.db";
  auto content = test::read_file(database);
  for (const std::size_t at : {std::size_t{0}, content.size() - 4096}) {
    auto damaged = content;
    damaged.replace(at, 4096, std::string(4096, 'x'));
    test::write_file(database, damaged);
    const auto refused = test::run_ownkey({"serve", "--data", server.data().string(), "--listen", "127.0.0.1:0"});
    BOOST_TEST(refused.status == 1);
    BOOST_TEST(holds(refused.err, "is damaged"), refused.err);
    BOOST_TEST(holds(refused.err, "ownkey restore BACKUP --data " + server.data().string()), refused.err);
    BOOST_TEST((test::read_file(database) == damaged));
    BOOST_TEST(backup(folder / "another").status == 1);
    BOOST_TEST(!std::filesystem::exists(folder / "another"));
  }
  const auto key = test::read_file(key_file);
  std::filesystem::remove_all(server.data());
  std::filesystem::create_directory(server.data());
  test::write_file(key_file, key);
  std::filesystem::permissions(key_file, std::filesystem::perms::owner_read);
  BOOST_REQUIRE(restore(backup_folder, server.data()).status == 0);
  server.start();
  auto ada = sign_in(server.port(), "ada");
  BOOST_TEST(ada.get("/api/settings/credentials").body().at(0).at("health") == "readable");
}

BOOST_AUTO_TEST_CASE(a_damaged_file_of_one_user_is_told_to_that_user_and_left_out_of_backups) {
  auto ada = sign_up("ada"), bob = sign_up("bob");
  const auto id = ada.get("/api/auth/me").body().at("id").get<std::string>();
  BOOST_REQUIRE(server.stop() == 0);
  const auto file = file_of(server.data(), id);
  const std::string noise(8192, 'x');
  test::write_file(file, noise);
  server.start();
  test::ApiClient unlucky(server.port());
  // Whether a second factor is needed lies in the file as well.
  const auto refused = unlucky.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", "correct horse"}});
  unlucky.use_token(ada.token());
  for (const auto& answer : {refused, unlucky.get("/api/settings/credentials")}) {
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(holds(answer.detail(), "damaged"));
    BOOST_TEST(holds(answer.detail(), "operator"));
  }
  auto lucky = sign_in(server.port(), "bob");
  BOOST_TEST(lucky.get("/api/settings/credentials").body().at(0).at("health") == "readable");
  BOOST_TEST((test::read_file(file) == noise));

  const auto report = backup(backup_folder, {"--json"});
  BOOST_TEST(report.status == 3);
  BOOST_TEST(holds(report.err, id));
  BOOST_TEST(json::parse(report.out).at("damaged_users") == json::array({id}));
  const auto put_back = restore(backup_folder, restored);
  BOOST_TEST(put_back.status == 3);
  BOOST_TEST(holds(put_back.err, id));
  check_is_missed_in(restored, id);
}

// Regression: after a restore, whose file was damaged had an empty one, without the second factor and without keys.
BOOST_AUTO_TEST_CASE(whose_file_an_older_version_left_out_of_a_backup_is_not_taken_for_somebody_new) {
  auto ada = sign_up("ada"), bob = sign_up("bob");
  const auto id = ada.get("/api/auth/me").body().at("id").get<std::string>();
  BOOST_REQUIRE(server.stop() == 0);
  test::write_file(file_of(server.data(), id), std::string(8192, 'x'));
  store::Database::open(server.data() / "accounts.db")
      .execute("ALTER TABLE users DROP COLUMN has_file; PRAGMA user_version=4");
  BOOST_TEST(backup(backup_folder).status == 3);
  BOOST_TEST(restore(backup_folder, restored).status == 3);
  check_is_missed_in(restored, id);
}

BOOST_AUTO_TEST_CASE(a_file_that_lost_all_its_content_is_not_filled_anew) {
  auto ada = sign_up("ada"), bob = sign_up("bob");
  const auto id = ada.get("/api/auth/me").body().at("id").get<std::string>();
  BOOST_REQUIRE(server.stop() == 0);
  std::filesystem::resize_file(file_of(server.data(), id), 0);
  check_is_missed_in(server.data(), id);
  BOOST_TEST(std::filesystem::file_size(file_of(server.data(), id)) == 0U);
}

BOOST_AUTO_TEST_CASE(whose_file_is_in_no_backup_may_begin_anew) {
  auto ada = sign_up("ada"), bob = sign_up("bob");
  const auto id = ada.get("/api/auth/me").body().at("id").get<std::string>();
  const auto begin_anew = [&] {
    return test::run_ownkey({"user", "begin-anew", id, "--data", server.data().string()});
  };
  const auto refused = begin_anew();
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(holds(refused.err, "nothing was changed"));
  BOOST_REQUIRE(server.stop() == 0);
  std::filesystem::remove(file_of(server.data(), id));
  BOOST_TEST(begin_anew().status == 0);
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(again.get("/api/auth/me").status == 401);
  const auto signed_in = again.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", "correct horse"}});
  BOOST_REQUIRE(signed_in.status == 200);
  again.use_token(signed_in.body().at("access_token"));
  BOOST_TEST(again.get("/api/settings/credentials").body() == json::array());
  BOOST_TEST(again.save_key("openai", "sk-sim-openai-of-ada-0123456789").status == 200);
}

BOOST_AUTO_TEST_CASE(bad_usage_is_said_in_one_line) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"backup"}, {"restore"}, {"backup", "a", "b"}, {"restore", "a", "--no-such-flag"}}) {
    const auto ended = test::run_ownkey(arguments);
    BOOST_TEST(ended.status == 2);
    BOOST_TEST(std::ranges::count(ended.err, '\n') == 1, ended.err);
  }
  for (const auto* command : {"backup", "restore"}) {
    const auto ended = test::run_ownkey({command, "--help"});
    BOOST_TEST(ended.status == 0);
    BOOST_TEST(holds(ended.out, "--data"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
