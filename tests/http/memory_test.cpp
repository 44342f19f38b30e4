// Secrets in the memory of the running server, read as a debugger would.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <regex>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

// All writable memory of a process. Nothing where we may not read it, or a sanitizer has mapped too much to read.
std::string memory_of(pid_t process) {
  const auto folder = "/proc/" + std::to_string(process);
  std::ifstream maps(folder + "/maps"), memory(folder + "/mem", std::ios::binary);
  static const std::regex writable(R"(^([0-9a-f]+)-([0-9a-f]+) rw.*)");
  constexpr std::size_t kTooMuch = std::size_t{1} << 30;
  std::string all;
  std::smatch match;
  for (std::string line; std::getline(maps, line);) {
    if (!std::regex_match(line, match, writable)) continue;
    const auto begin = std::stoull(match[1], nullptr, 16), end = std::stoull(match[2], nullptr, 16);
    if (end - begin > kTooMuch) return {};
    std::string piece(end - begin, '\0');
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(begin));
    memory.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    all.append(piece, 0, static_cast<std::size_t>(memory.gcount()));
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(keys_passwords_and_tokens_are_nowhere_in_memory_once_their_requests_are_over) {
  test::OwnkeyServer server;
  const std::string key = "sk-sim-openai-canary-in-memory-0123456789", password = "a canary of a password";
  test::ApiClient ada(server.port());
  const auto signed_up = ada.post("/api/auth/register", {{"email", "ada@example.com"}, {"password", password}});
  ada.use_token(signed_up.body().at("access_token"));
  BOOST_TEST(ada.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", password}}).status == 200);
  BOOST_REQUIRE(ada.save_key("openai", key).status == 200);
  BOOST_TEST(ada.post("/api/settings/credentials/openai/verify").status == 200);
  const auto id = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_TEST(ada.post("/api/workflows/" + id + "/execute").body().at("status") == "success");
  BOOST_TEST(ada.get("/healthz").status == 200);

  std::string memory = memory_of(server.process());
  const auto gone = [&](const std::string& secret) { return memory.find(secret.substr(0, 20)) == std::string::npos; };
  if (memory.empty()) {
    BOOST_TEST_MESSAGE("not checked: this account may not read the memory of the server");
    return;
  }
  BOOST_TEST(memory.find(server.data().string()) != std::string::npos, "the search finds what is there");
  BOOST_TEST(test::eventually([&] {
    memory = memory_of(server.process());
    return gone(key) && gone(password) && gone(ada.token());
  }));
}

BOOST_AUTO_TEST_SUITE_END()
