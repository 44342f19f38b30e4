// MarkedPerson: somebody with one of everything that can be kept here, all of it to be known again in a file.
#pragma once

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "server/crypto/encoding.h"
#include "server/store/account_store.h"
#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

namespace ownkey::test {

inline const std::string kPassword = "correct horse";

inline json deletion(const std::string& password = kPassword) { return {{"current_password", password}}; }

// Somebody with one of everything, all of it to be known again in a file.
struct MarkedPerson {
  std::string name;
  std::string key = "sk-sim-openai-of-" + name + "-0123456789-" + name.substr(name.size() - 3) + "Z";
  ApiClient client;
  std::string id;
  std::string workflow;
  std::vector<std::string> wrapped_data_keys;

  MarkedPerson(OwnkeyServer& server, const std::string& given_name) : name(given_name), client(server.port()) {
    const auto answer = client.post(
        "/api/auth/register", {{"email", email()}, {"password", kPassword}, {"full_name", "Dr. " + name + " Marker"}});
    BOOST_REQUIRE(answer.status == 201);
    client.use_token(answer.body().at("access_token"));
    id = answer.body().at("user").at("id");
    BOOST_REQUIRE(client.save_key("openai", key).status == 200);
    auto drawing = ask_workflow();
    drawing["name"] = "Workflow of " + name;
    drawing["description"] = "Thoughts of " + name;
    workflow = client.post("/api/workflows", drawing).body().at("id");
  }

  std::string email() const { return name + "@mail.example"; }
  std::string mask() const { return "sk-..." + key.substr(key.size() - 4); }
  std::string form() const { return "/api/workflows/" + workflow + "/execute"; }

  // As bytes: a thief of the files would look for them.
  void note_data_keys(const std::filesystem::path& data) {
    const auto accounts = store::open_account_store(data / "accounts.db");
    BOOST_REQUIRE(accounts);
    const auto rows = (*accounts)->data_keys(base::UserId(id));
    BOOST_REQUIRE(rows);
    for (const auto& row : *rows)
      wrapped_data_keys.emplace_back(row.wrapped.bytes().begin(), row.wrapped.bytes().end());
    BOOST_REQUIRE(!wrapped_data_keys.empty());
  }

  std::vector<std::string> traces() const {
    std::vector<std::string> all{id,      email(), "Dr. " + name, mask(), "Workflow of " + name, "Thoughts of " + name,
                                 workflow};
    for (std::size_t skip = 0; skip < 3; ++skip)
      all.push_back(crypto::base64(base::bytes_of(std::string_view(key).substr(key.size() - 27 + skip, 24))));
    all.push_back(crypto::hex(base::bytes_of(key)));
    all.push_back(key);
    all.insert(all.end(), wrapped_data_keys.begin(), wrapped_data_keys.end());
    return all;
  }
};

inline std::vector<std::filesystem::path> files_with(const std::filesystem::path& folder, const std::string& text) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().string().find(text) != std::string::npos ||
        (entry.is_regular_file() && read_file(entry.path()).find(text) != std::string::npos))
      found.push_back(entry.path());
  return found;
}

inline void check_that_nothing_is_left(const std::filesystem::path& folder, const MarkedPerson& person) {
  for (const auto& trace : person.traces())
    for (const auto& file : files_with(folder, trace)) BOOST_ERROR(file << " holds a trace of " << person.name);
}

inline void check_that_all_is_there(int port, MarkedPerson& person) {
  ApiClient client(port);
  const auto login = client.post("/api/auth/login", {{"email", person.email()}, {"password", kPassword}});
  BOOST_REQUIRE(login.status == 200);
  client.use_token(login.body().at("access_token"));
  BOOST_TEST(client.get("/api/auth/me").body().at("id") == person.id);
  BOOST_TEST(client.get("/api/settings/credentials").body().at(0).at("masked_key") == person.mask());
  BOOST_TEST(client.get("/api/workflows").body().at(0).at("id") == person.workflow);
  BOOST_TEST(client.post(person.form()).body().at("status") == "success");  // the key still opens
}

}  // namespace ownkey::test
