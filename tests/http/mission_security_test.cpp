// The first of the mission's three tests: stored keys look random in the database files.
#include <sqlite3.h>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "server/crypto/encoding.h"
#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

// Long, so that its bytes can be judged; unlike anything else in the files.
const std::string kKey =
    "sk-proj-canary-Zq9vXw7TjKp2LmRb5NcYd8Fg3HsQeU6oAi1PxV4zBtJ0kWyM-canary-" + std::string(400, 'Q') + "-X8d2";

std::vector<std::pair<std::string, std::string>> all_files(const std::filesystem::path& folder) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.emplace_back(entry.path().filename().string(), test::read_file(entry.path()));
  return files;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// Every form in which the key could lie about. Base64 of an inner part looks different at each of the three alignments.
std::vector<std::string> forms_of(const std::string& key) {
  std::vector<std::string> forms{key.substr(0, 24), key.substr(key.size() - 24),
                                 std::string(key.rbegin(), key.rend()).substr(0, 24)};
  for (std::size_t skip = 0; skip < 3; ++skip) {
    auto text = crypto::base64(base::bytes_of(std::string_view(key).substr(skip, 60)));
    forms.push_back(text.substr(0, 40));
  }
  forms.push_back(lower(crypto::hex(base::bytes_of(key))).substr(0, 48));
  return forms;
}

void check_that_nothing_holds(const std::filesystem::path& folder, const std::string& key) {
  for (const auto& [name, content] : all_files(folder))
    for (const auto& form : forms_of(key)) {
      BOOST_TEST(content.find(form) == std::string::npos, name << " holds a form of the key");
      BOOST_TEST(lower(content).find(lower(form)) == std::string::npos,
                 name << " holds a form of the key in other case");
    }
}

// The sealed columns of every user file, read as any thief of the files could.
std::vector<std::string> sealed_columns(const std::filesystem::path& folder) {
  std::vector<std::string> columns;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "users")) {
    if (entry.path().extension() != ".db") continue;
    sqlite3* opened = nullptr;
    BOOST_REQUIRE(sqlite3_open_v2(entry.path().c_str(), &opened, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
    sqlite3_stmt* row = nullptr;
    BOOST_REQUIRE(sqlite3_prepare_v2(opened, "SELECT sealed_key FROM credentials", -1, &row, nullptr) == SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
      columns.emplace_back(static_cast<const char*>(sqlite3_column_blob(row, 0)),
                           static_cast<std::size_t>(sqlite3_column_bytes(row, 0)));
    sqlite3_finalize(row);
  }
  return columns;
}

// The head of version 1 is 7 bytes; nonce, ciphertext and tag follow and must look like noise.
std::string noise_of(const std::string& sealed) { return sealed.substr(7); }

// About half of the bits are set: for n random bits the count stays within 5 standard deviations (√n / 2 each).
bool has_balanced_bits(std::string_view bytes) {
  int ones = 0;
  for (const char byte : bytes) ones += std::popcount(static_cast<unsigned char>(byte));
  const double n = 8.0 * static_cast<double>(bytes.size());
  return std::abs(ones - n / 2) < 5 * std::sqrt(n) / 2;
}

// Chi-squared over the 16 values of half a byte: for random bytes 15 on average; 60 is beyond one in a million.
bool has_even_nibbles(std::string_view bytes) {
  std::array<int, 16> count{};
  for (const char byte : bytes) {
    ++count[static_cast<unsigned char>(byte) >> 4];
    ++count[static_cast<unsigned char>(byte) & 15];
  }
  const double expected = static_cast<double>(bytes.size()) * 2 / 16;
  double sum = 0;
  for (const int seen : count) sum += (seen - expected) * (seen - expected) / expected;
  return sum < 60;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mission_security)

BOOST_AUTO_TEST_CASE(security_a_stored_key_is_in_no_file_and_no_log_in_no_form) {
  test::OwnkeyServer server({"--log", "debug"});
  auto ada = test::ApiClient::of_new_user(server.port(), "ada");
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_TEST(ada.post("/api/settings/credentials/openai/verify").status == 400);  // the simulator does not know it
  const auto workflow = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_TEST(ada.post("/api/workflows/" + workflow + "/execute").body().at("status") == "error");
  check_that_nothing_holds(server.data(), kKey);
  BOOST_TEST(server.log().find(kKey.substr(0, 24)) == std::string::npos);
  BOOST_TEST(server.stop() == 0);
  check_that_nothing_holds(server.data(), kKey);  // after the write-ahead logs were folded in
  BOOST_REQUIRE(ada.token().size() > 20);
  for (const auto& [name, content] : all_files(server.data())) {
    BOOST_TEST(content.find(ada.token()) == std::string::npos, name << " holds the session token");
    BOOST_TEST(content.find("correct horse") == std::string::npos, name << " holds the password");
  }
}

BOOST_AUTO_TEST_CASE(security_the_stored_bytes_look_random_and_never_repeat) {
  test::OwnkeyServer server;
  auto ada = test::ApiClient::of_new_user(server.port(), "ada"),
       bob = test::ApiClient::of_new_user(server.port(), "bob");
  std::vector<std::string> seen;
  for (int i = 0; i < 3; ++i) {
    BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
    BOOST_REQUIRE(bob.save_key("openai", kKey).status == 200);
    const auto columns = sealed_columns(server.data());
    BOOST_REQUIRE(columns.size() == 2U);
    seen.insert(seen.end(), columns.begin(), columns.end());
  }
  std::vector<std::string> beginnings;
  for (const auto& column : seen) {
    const auto noise = noise_of(column);
    BOOST_TEST(noise.size() == kKey.size() + 12 + 16);
    BOOST_TEST(has_balanced_bits(noise));
    BOOST_TEST(has_even_nibbles(noise));
    beginnings.push_back(noise.substr(0, 12));
    beginnings.push_back(noise.substr(12, 16));
  }
  // The judgement itself can fail: the key in clear does not pass.
  BOOST_TEST(!has_even_nibbles(kKey));
  std::ranges::sort(beginnings);
  BOOST_TEST((std::ranges::adjacent_find(beginnings) == beginnings.end()));
}

BOOST_AUTO_TEST_SUITE_END()
