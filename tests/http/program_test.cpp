// The program as its operator meets it: the command line, the start, the end.
#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include <map>

#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t line_count(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

std::map<std::string, std::string> all_content(const std::filesystem::path& folder) {
  std::map<std::string, std::string> content;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) content[entry.path().string()] = test::read_file(entry.path());
  return content;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(help_and_version_are_there_everywhere) {
  BOOST_TEST(test::run_ownkey({"--version"}).status == 0);
  BOOST_TEST(holds(test::run_ownkey({"--version"}).out, "ownkey "));
  for (const auto& command :
       std::vector<std::vector<std::string>>{{"--help"}, {"serve", "--help"}, {"keygen", "--help"}}) {
    const auto ended = test::run_ownkey(command);
    BOOST_TEST(ended.status == 0);
    BOOST_TEST(holds(ended.out, "Usage"));
  }
}

BOOST_AUTO_TEST_CASE(bad_usage_exits_2_with_one_line) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {}, {"sing"}, {"serve", "--no-such-flag"}, {"serve", "--listen", "nowhere"}, {"serve", "--data"}}) {
    const auto ended = test::run_ownkey(arguments);
    BOOST_TEST(ended.status == 2);
    BOOST_TEST(line_count(ended.err) == 1U, ended.err);
    BOOST_TEST(ended.out.empty());
  }
}

// Regression: some of these came to light only after a data folder and a master key were made.
BOOST_AUTO_TEST_CASE(settings_that_make_no_sense_end_the_start_before_anything_is_made) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"--tls-cert", "c.pem"},
                                                                     {"--trusted-proxies", "garbage"},
                                                                     {"--custom-endpoints", "a*b"},
                                                                     {"--tool-hosts", "a*b"},
                                                                     {"--openai-base-url", "http://"},
                                                                     {"--listen", "0.0.0.0:8080"},
                                                                     {"--demo=perhaps"}}) {
    const test::TempFolder folder;
    std::vector<std::string> command{"serve", "--data", (folder / "data").string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto ended = test::run_ownkey(command);
    BOOST_TEST(ended.status == 2, arguments.front());
    BOOST_TEST(line_count(ended.err) == 1U, ended.err);
    BOOST_TEST(!std::filesystem::exists(folder / "data"), arguments.front());
  }
}

// Regression: these ended with a core dump's status.
BOOST_AUTO_TEST_CASE(a_data_folder_that_cannot_be_looked_into_is_said_so_in_one_line) {
  const test::TempFolder folder;
  const auto data = (folder / "data").string();
  std::filesystem::create_symlink(data, data);  // round and round
  for (const auto& command : std::vector<std::vector<std::string>>{{"user", "list"},
                                                                   {"keys", "status"},
                                                                   {"audit", "verify"},
                                                                   {"backup", (folder / "backup").string()},
                                                                   {"serve"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--data", data});
    const auto ended = test::run_ownkey(arguments);
    BOOST_TEST(ended.status == 1, command.front());
    BOOST_TEST(line_count(ended.err) == 1U, ended.err);
  }
}

BOOST_AUTO_TEST_CASE(a_switch_can_be_off_by_flag) {
  test::OwnkeyServer server({"--allow-system-keys=false"}, {"OWNKEY_ALLOW_SYSTEM_KEYS=true",
                                                            "OWNKEY_SYSTEM_OPENAI_KEY=sk-sim-openai-of-operator-0123"});
  BOOST_TEST(holds(server.log(), "not allowed"));
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  const auto id = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_TEST(holds(ada.post("/api/workflows/" + id + "/execute").text, "no_credential"));
  BOOST_TEST(server.seen_by_provider().seen().empty());
}

BOOST_AUTO_TEST_CASE(whoever_lends_keys_to_everybody_is_warned) {
  const auto warns = [](std::vector<std::string> flags) {
    const test::OwnkeyServer server(std::move(flags));
    return holds(server.log(), "everybody may sign up");
  };
  BOOST_TEST(warns({"--allow-system-keys"}));
  BOOST_TEST(!warns({"--allow-system-keys", "--registration", "first-user"}));
  BOOST_TEST(!warns({}));
}

// Regression: behind a public name nobody was told the port that was picked.
BOOST_AUTO_TEST_CASE(the_ready_line_has_the_address_whatever_the_public_name_is) {
  const test::OwnkeyServer server({"--public-origin", "https://keys.example.com"});
  BOOST_TEST(server.port() > 0);
  BOOST_TEST(test::eventually([&] { return holds(server.log(), "https://keys.example.com"); }));
}

BOOST_AUTO_TEST_CASE(a_misspelt_setting_ends_the_start_with_a_hint) {
  const auto ended = test::run_ownkey({"serve"}, {"OWNKEY_LISTN=127.0.0.1:0"});
  BOOST_TEST(ended.status == 2);
  BOOST_TEST(holds(ended.err, "OWNKEY_LISTEN"));
}

BOOST_AUTO_TEST_CASE(keygen_prints_a_key_that_the_server_takes) {
  const auto first = test::run_ownkey({"keygen"}), second = test::run_ownkey({"keygen"});
  BOOST_TEST(first.out.size() == 45U);
  BOOST_TEST(first.out != second.out);
  test::OwnkeyServer server({}, {"ENCRYPTION_KEY=" + first.out.substr(0, 44)});
  BOOST_TEST(!std::filesystem::exists(server.data() / "master.key"));
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_CASE(the_first_start_makes_a_private_folder_and_key_and_says_so) {
  test::OwnkeyServer server;
  struct stat folder {
  }, key{};
  BOOST_REQUIRE(::stat(server.data().c_str(), &folder) == 0);
  BOOST_REQUIRE(::stat((server.data() / "master.key").c_str(), &key) == 0);
  BOOST_TEST((folder.st_mode & 0777) == 0700U);
  BOOST_TEST((key.st_mode & 0777) == 0600U);
  BOOST_TEST(holds(server.log(), "back it up"));
}

BOOST_AUTO_TEST_CASE(everything_is_there_again_after_a_restart) {
  test::OwnkeyServer server;
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-of-ada-0123456789").status == 200);
  const auto id = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_TEST(server.stop(SIGKILL) == 128 + SIGKILL);
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(again.post("/api/workflows/" + id + "/execute").body().at("status") == "success");
  BOOST_TEST(server.stop(SIGINT) == 0);
}

BOOST_AUTO_TEST_CASE(a_wrong_or_missing_master_key_ends_the_start_and_changes_no_byte) {
  test::OwnkeyServer server;
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-of-ada-0123456789").status == 200);
  server.stop(SIGKILL);  // with write-ahead logs left behind
  std::filesystem::rename(server.data() / "master.key", server.data() / "master.key.away");
  const auto before = all_content(server.data());
  const std::vector<std::string> command{"serve", "--data", server.data().string(), "--listen", "127.0.0.1:0"};
  const auto key = test::run_ownkey({"keygen"}).out.substr(0, 44);

  const auto start = std::chrono::steady_clock::now();
  const auto missing = test::run_ownkey(command);
  BOOST_TEST(missing.status == 1);
  BOOST_TEST(holds(missing.err, "master.key"));
  const auto wrong = test::run_ownkey(command, {"ENCRYPTION_KEY=" + key});
  BOOST_TEST(wrong.status == 1);
  BOOST_TEST(holds(wrong.err, "k1"));
  BOOST_TEST(!holds(wrong.err, key));
  const auto other_id = test::run_ownkey(command, {"OWNKEY_KEYS=k2:" + key});
  BOOST_TEST(other_id.status == 1);
  BOOST_TEST(holds(other_id.err, "k1"));
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(6)));

  auto after = all_content(server.data());
  for (const auto& [file, content] : before)
    if (!file.ends_with("-shm")) BOOST_TEST((after[file] == content), file << " was changed");
  std::filesystem::rename(server.data() / "master.key.away", server.data() / "master.key");
  server.start();
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(again.get("/api/settings/credentials").body().size() == 1U);
}

// Regression: a lost or emptied accounts.db was made anew, and a new master key with it.
BOOST_AUTO_TEST_CASE(data_of_users_without_its_accounts_is_never_begun_afresh) {
  test::OwnkeyServer server;
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-of-ada-0123456789").status == 200);
  BOOST_REQUIRE(server.stop() == 0);
  const std::vector<std::string> command{"serve", "--data", server.data().string(), "--listen", "127.0.0.1:0"};
  test::write_file(server.data() / "accounts.db", "");
  const auto emptied = test::run_ownkey(command);
  BOOST_TEST(emptied.status == 1);
  BOOST_TEST(holds(emptied.err, "accounts.db"));
  std::filesystem::remove(server.data() / "accounts.db");
  std::filesystem::remove(server.data() / "master.key");
  const auto lost = test::run_ownkey(command);
  BOOST_TEST(lost.status == 1);
  BOOST_TEST(holds(lost.err, "backup"));
  BOOST_TEST(!std::filesystem::exists(server.data() / "master.key"));
  BOOST_TEST(!std::filesystem::exists(server.data() / "accounts.db"));
}

BOOST_AUTO_TEST_CASE(an_unfit_master_key_is_refused_with_the_reason) {
  test::TempFolder folder;
  const auto refused = [&](const std::string& variable) {
    const auto ended =
        test::run_ownkey({"serve", "--data", (folder / "data").string(), "--listen", "127.0.0.1:0"}, {variable});
    BOOST_TEST(ended.status == 1);
    BOOST_TEST(line_count(ended.err) == 1U);
    return ended.err;
  };
  BOOST_TEST(holds(refused("ENCRYPTION_KEY=tooshort"), "32 bytes"));
  BOOST_TEST(holds(refused("ENCRYPTION_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), "same byte"));
  BOOST_TEST(holds(refused("OWNKEY_KEYS_FILE=/no/such/file"), "/no/such/file"));
  BOOST_TEST(!std::filesystem::exists(folder / "data" / "accounts.db"));
}

BOOST_AUTO_TEST_CASE(a_used_port_is_said_in_one_clear_line) {
  test::OwnkeyServer server;
  test::TempFolder folder;
  const auto address = "127.0.0.1:" + std::to_string(server.port());
  test::write_file(folder / "index.html", "x");
  const auto ended = test::run_ownkey(
      {"serve", "--data", (folder / "data").string(), "--listen", address, "--assets", folder.path().string()});
  BOOST_TEST(ended.status == 1);
  BOOST_TEST(holds(ended.err, std::to_string(server.port())));
  BOOST_TEST(ended.out.empty());
}

BOOST_AUTO_TEST_CASE(a_system_key_serves_only_people_without_a_key_of_their_own_and_only_when_allowed) {
  const std::string system_key = "sk-sim-openai-of-the-system-0123456789";
  test::OwnkeyServer server({"--allow-system-keys"}, {"OWNKEY_SYSTEM_OPENAI_KEY=" + system_key});
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  const auto id = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  const auto first = ada.post("/api/workflows/" + id + "/execute").body();
  BOOST_TEST(first.at("status") == "success");
  BOOST_TEST(first.at("logs").at(1).at("key").at("source") == "system");
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-rejected-0123456789").status == 200);
  server.seen_by_provider().clear();
  const auto second = ada.post("/api/workflows/" + id + "/execute").body();
  BOOST_TEST(second.at("status") == "error");
  for (const auto& request : server.seen_by_provider().seen()) BOOST_TEST(request.key != system_key);
}

BOOST_AUTO_TEST_SUITE_END()
