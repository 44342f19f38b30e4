// Taking over the Python original's database, with the whole program. tests/vectors/python_original.sql is that
// database.
#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/execute_sql.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kKey = "doTYxM3oA-LxPN501_zGmzTtE_azRGl7x7mg0OOzGh8=";
const std::string kOtherKey = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

std::map<std::string, std::string> all_content(const std::filesystem::path& folder) {
  std::map<std::string, std::string> content;
  if (std::filesystem::exists(folder))
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      content[entry.path().string()] = entry.is_regular_file() ? test::read_file(entry.path()) : "";
  return content;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

struct Fixture {
  test::TempFolder folder;
  std::filesystem::path original = folder / "original.db";

  Fixture() { test::execute_sql(original, test::read_file(OWNKEY_SOURCE_DIR "/tests/vectors/python_original.sql")); }

  test::Ended import(std::vector<std::string> more,
                     test::ChildProcess::Environment environment = {"FERNET_KEY=" + kKey}) {
    std::vector<std::string> arguments{"import-fernet", "--db", original.string(), "--data", data().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto ended = test::run_ownkey(arguments, std::move(environment));
    // Whatever happens, no key is told.
    for (const auto* secret : {"of-ada", "of-bob", "of-carol", "sim broken", kKey.c_str(), kOtherKey.c_str()})
      BOOST_TEST(!holds(ended.out + ended.err, secret), secret);
    return ended;
  }
  json report(std::vector<std::string> more = {}) {
    more.emplace_back("--json");
    const auto ended = import(more);
    BOOST_TEST(ended.status == 3, ended.err);
    return json::parse(ended.out);
  }

  virtual std::filesystem::path data() const { return folder / "data"; }
  virtual ~Fixture() = default;
};

const json& row(const json& list, const std::string& id) {
  const auto found = std::ranges::find_if(list, [&](const json& entry) { return entry.at("row") == id; });
  if (found == list.end()) throw std::runtime_error("no row " + id);
  return *found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(import_fernet, Fixture)

BOOST_AUTO_TEST_CASE(each_row_is_reported_with_what_became_of_it) {
  const auto whole = report();
  const std::map<std::string, std::string> users{{"1", "created"},         {"2", "created"},       {"3", "created"},
                                                 {"4", "duplicate_email"}, {"5", "invalid_email"}, {"6", "created"}};
  BOOST_TEST(whole.at("users").size() == users.size());
  for (const auto& [id, result] : users) BOOST_TEST(row(whole.at("users"), id).at("result") == result, id);
  BOOST_TEST(row(whole.at("users"), "1").at("password") == "taken_over");
  for (const auto* id : {"2", "3", "6"}) BOOST_TEST(row(whole.at("users"), id).at("password") == "needs_reset", id);
  BOOST_TEST(row(whole.at("users"), "2").at("email") == "bob@example.com");

  const std::map<std::string, std::string> keys{
      {"10", "imported"},         {"11", "imported"},    {"12", "imported"},   {"13", "unreadable"},
      {"14", "unknown_provider"}, {"15", "invalid_key"}, {"16", "imported"},   {"17", "no_account"},
      {"18", "no_account"},       {"19", "kept"},        {"20", "unreadable"}, {"21", "unknown_provider"}};
  const auto& credentials = whole.at("credentials");
  BOOST_TEST(credentials.size() == keys.size());
  for (const auto& [id, result] : keys) BOOST_TEST(row(credentials, id).at("result") == result, id);
  BOOST_TEST(row(credentials, "12").at("provider") == "anthropic");
  BOOST_TEST(row(credentials, "12").at("email") == "bob@example.com");
  BOOST_TEST(whole.at("totals").at("credentials").at("imported") == 4);
  BOOST_TEST(whole.at("totals").at("users").at("created") == 4);
  BOOST_TEST(whole.at("totals").at("passwords").at("needs_reset") == 3);
}

BOOST_AUTO_TEST_CASE(a_dry_run_tells_the_same_and_writes_nothing) {
  const auto source = all_content(folder.path());
  auto foretold = report({"--dry-run"});
  BOOST_TEST((all_content(folder.path()) == source), "a folder that is not there was made");
  BOOST_TEST(foretold.at("dry_run") == true);
  auto done = report();
  done["dry_run"] = true;
  BOOST_TEST(foretold == done);

  const auto before = all_content(folder.path());
  const auto again = report({"--dry-run"});
  BOOST_TEST((all_content(folder.path()) == before), "something was written");
  BOOST_TEST(again.at("totals").at("users").at("created") == 0);
  BOOST_TEST(again.at("totals").at("credentials").at("imported") == 0);
}

BOOST_AUTO_TEST_CASE(a_second_run_imports_nothing_new) {
  const auto source = test::read_file(original);
  report();
  const auto again = report();
  BOOST_TEST(test::read_file(original) == source);
  for (const auto* id : {"1", "2", "3", "6"}) BOOST_TEST(row(again.at("users"), id).at("result") == "exists", id);
  for (const auto* id : {"10", "11", "12", "16", "19"})
    BOOST_TEST(row(again.at("credentials"), id).at("result") == "kept", id);
  BOOST_TEST(again.at("totals").at("credentials").at("imported") == 0);
}

BOOST_AUTO_TEST_CASE(the_text_report_ends_with_totals) {
  const auto ended = import({"--dry-run"});
  BOOST_TEST(
      holds(ended.out, "key 13  bob@example.com  openai  unreadable (encrypted with another key, or changed since)"));
  BOOST_TEST(holds(ended.out, "users: 4 created, 1 invalid_email, 1 duplicate_email"));
  BOOST_TEST(
      holds(ended.out, "keys: 4 imported, 1 kept, 2 unreadable, 2 unknown_provider, 1 invalid_key, 2 no_account"));
  BOOST_TEST(holds(ended.out, "dry run"));
}

BOOST_AUTO_TEST_CASE(the_key_of_another_installation_imports_nobody) {
  for (const auto& mode : std::vector<std::vector<std::string>>{{"--dry-run"}, {}}) {
    const auto ended = import(mode, {"FERNET_KEY=" + kOtherKey});
    BOOST_TEST(ended.status == 1);
    BOOST_TEST(holds(ended.out, "keys: 12 unreadable"));
    BOOST_TEST(holds(ended.out, "none of the keys opens"));
    BOOST_TEST(!holds(ended.out, "created"));
    BOOST_TEST(!std::filesystem::exists(data()));
  }
  BOOST_TEST(report().at("totals").at("users").at("created") == 4);
}

BOOST_AUTO_TEST_CASE(the_key_may_come_from_the_command_line_a_file_or_the_environment) {
  const auto file = folder / "fernet.key";
  test::write_file(file, kKey + "\n");
  ::chmod(file.c_str(), 0644);
  const auto open_to_all = import({"--dry-run", "--key-file", file.string()}, {});
  BOOST_TEST(open_to_all.status == 1);
  BOOST_TEST(holds(open_to_all.err, "chmod 600"));
  ::chmod(file.c_str(), 0600);
  BOOST_TEST(import({"--dry-run", "--key-file", file.string()}, {}).status == 3);
  BOOST_TEST(import({"--dry-run", "--key", kKey}, {}).status == 3);
  BOOST_TEST(import({"--dry-run"}, {"ENCRYPTION_KEY=" + kKey}).status == 3);
  BOOST_TEST(import({"--dry-run", "--key", kKey}, {"FERNET_KEY=" + kOtherKey}).status == 3);
  BOOST_TEST(import({"--dry-run"}, {}).status == 2);
  BOOST_TEST(import({"--dry-run", "--key", "too-short"}, {}).status == 2);
  BOOST_TEST(import({"--dry-run", "--key", kKey, "--key-file", file.string()}, {}).status == 2);
}

BOOST_AUTO_TEST_CASE(what_is_not_the_original_is_refused_with_what_is_missing) {
  const auto refused = [&] {
    const auto ended = import({});
    BOOST_TEST(ended.status == 1);
    BOOST_TEST(std::ranges::count(ended.err, '\n') == 1);
    BOOST_TEST(!std::filesystem::exists(data()));
    return ended.err;
  };
  original = folder / "nowhere.db";
  BOOST_TEST(holds(refused(), "no file"));
  original = folder / "text.db";
  test::write_file(original, "this is no database, however long the text in it may be");
  BOOST_TEST(holds(refused(), "not an SQLite database"));
  original = folder / "no_table.db";
  test::execute_sql(original, "CREATE TABLE users (id INTEGER, email TEXT)");
  BOOST_TEST(holds(refused(), "no table 'user_credentials'"));
  original = folder / "no_column.db";
  test::execute_sql(original, "CREATE TABLE users (id INTEGER, login TEXT)");
  BOOST_TEST(holds(refused(), "none of the columns email, email_address; it has id, login"));
}

BOOST_AUTO_TEST_CASE(other_column_names_are_understood_and_a_write_ahead_log_is_read) {
  original = folder / "other.db";
  test::execute_sql(
      original,
      "PRAGMA journal_mode=WAL; CREATE TABLE users (UUID TEXT, email_address TEXT, name TEXT, password_hash TEXT);"
      "CREATE TABLE user_credentials (uuid TEXT, owner_id TEXT, service TEXT, encrypted_key BLOB);"
      "INSERT INTO users VALUES ('u', 'eve@example.com', 'Eve', '')");
  const auto before = all_content(folder.path());
  const auto ended = import({"--dry-run"});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(holds(ended.out, "user u  eve@example.com  created, password needs_reset"));
  BOOST_TEST((all_content(folder.path()) == before));
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct ServerFixture : Fixture {
  test::OwnkeyServer server;

  std::filesystem::path data() const override { return server.data(); }
  test::ApiClient signed_in(const std::string& email) {
    test::ApiClient client(server.port());
    const auto answer = client.post("/api/auth/login", {{"email", email}, {"password", "correct horse"}});
    BOOST_REQUIRE(answer.status == 200);
    client.use_token(answer.body().at("access_token"));
    return client;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(imported_accounts, ServerFixture)

BOOST_AUTO_TEST_CASE(a_person_signs_in_with_the_old_password_and_runs_on_the_imported_key) {
  server.stop();
  report();
  server.start();
  auto ada = signed_in("ada@example.com");
  BOOST_TEST(ada.get("/api/auth/me").body().at("full_name") == "Ada Lovelace");
  const auto keys = ada.get("/api/settings/credentials").body();
  BOOST_REQUIRE(keys.size() == 2U);
  for (const auto& key : keys) BOOST_TEST(key.at("is_active") == (key.at("provider") == "openai"));
  const auto id = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_TEST(ada.post("/api/workflows/" + id + "/execute").body().at("status") == "success");
  BOOST_TEST(server.seen_by_provider().seen().back().key == "sk-sim-openai-of-ada-0123456789-X8d2");
}

BOOST_AUTO_TEST_CASE(nobody_signs_in_whose_password_was_not_taken_over) {
  report();  // beside the running server
  test::ApiClient client(server.port());
  for (const auto* email : {"bob@example.com", "carol@example.com", "dora@example.com"})
    for (const auto* password : {"correct horse", "U*U*U*U*"})
      BOOST_TEST(client.post("/api/auth/login", {{"email", email}, {"password", password}}).status == 401, email);
}

BOOST_AUTO_TEST_CASE(what_is_here_already_is_never_overwritten) {
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-new-of-ada-0123456789-NEW1").status == 200);
  const auto whole = report();
  BOOST_TEST(row(whole.at("users"), "1").at("result") == "exists");
  BOOST_TEST(row(whole.at("credentials"), "10").at("result") == "kept");
  BOOST_TEST(row(whole.at("credentials"), "11").at("result") == "imported");
  const auto keys = ada.get("/api/settings/credentials").body();
  BOOST_REQUIRE(keys.size() == 2U);
  for (const auto& key : keys)
    if (key.at("provider") == "openai") BOOST_TEST(key.at("masked_key") == "sk-...NEW1");
}

BOOST_AUTO_TEST_SUITE_END()
