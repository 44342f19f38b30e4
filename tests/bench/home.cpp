#include "tests/bench/home.h"

#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "tests/bench/sockets.h"
#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/raw_socket.h"
#include "tests/support/resident_memory.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::bench {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::chrono::microseconds kBetweenTries{200};

std::string new_master_key() {
  const auto made = test::run_ownkey({"keygen"}).out;
  return "k1:" + made.substr(0, made.find('\n'));
}

bool answers(int port) {
  try {
    test::RawSocket client(port);
    return client.ask(test::get("/healthz")).status == 200;
  } catch (const std::exception&) {
    return false;
  }
}

std::string authorization(const test::SignedIn& person) { return "Authorization: Bearer " + person.token + "\r\n"; }

}  // namespace

Home::Home(const HomeOptions& options) : master_key_(new_master_key()), flags_(options.flags) {
  make(options);
  start();
}

void Home::make(const HomeOptions& options) {
  std::filesystem::create_directories(data());
  std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
  test::write_file(folder_ / "index.html", "<!doctype html><title>Ownkey</title>");
  const base::SystemClock clock;
  crypto::SystemRandom random;
  const auto accounts_file = data() / "accounts.db";
  const auto accounts = test::value_of(store::open_account_store(accounts_file));
  const auto given = test::value_of(crypto::MasterKeys::parse(Secret(master_key_)));
  const auto keys = test::value_of(vault::KeyRing::open(*accounts, given, random, clock));
  people_ = test::sign_in(accounts_file, test::add_many_users(accounts_file, keys, random, options.people, clock.now()),
                          clock.now());
  store::UserStores stores(data(), 64, crypto::sha256_text, accounts.get());
  vault::CredentialVault vault(*accounts, stores, keys, random, clock);
  for (const auto& person : people_)
    for (int i = 0; i < options.keys_each; ++i)
      test::value_of(vault.save(person.user,
                                {Provider::OpenAi,
                                 i == 0 ? std::string(vault::kDefaultLabel) : "label-" + std::to_string(i),
                                 {},
                                 Secret("sk-bench-" + person.user.text() + std::to_string(i))},
                                test::kClient));
}

std::chrono::microseconds Home::start() {
  port_ = free_port();
  std::vector<std::string> command{test::ownkey_program(),
                                   "serve",
                                   "--data",
                                   data().string(),
                                   "--listen",
                                   "127.0.0.1:" + std::to_string(port_),
                                   "--assets",
                                   folder_.path().string(),
                                   "--log",
                                   "error"};
  command.insert(command.end(), flags_.begin(), flags_.end());
  const auto begin = std::chrono::steady_clock::now();
  process_ =
      std::make_unique<test::ChildProcess>(command, test::ChildProcess::Environment{"OWNKEY_KEYS=" + master_key_});
  while (!answers(port_)) {
    if (process_->has_ended() || std::chrono::steady_clock::now() - begin > kPatience)
      throw std::runtime_error("the server did not start: " + process_->err());
    std::this_thread::sleep_for(kBetweenTries);
  }
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

double Home::resident_mib() const { return test::resident_mib(process()); }

std::string Home::get(std::string_view path, const test::SignedIn& person) const {
  return test::get(path, authorization(person));
}

std::string Home::post(std::string_view path, std::string_view body, const test::SignedIn& person,
                       std::string_view more_fields) const {
  return test::request("POST", path, authorization(person) + std::string(test::kJson) + std::string(more_fields), body);
}

std::string Home::add_workflow(const test::SignedIn& person) const {
  test::RawSocket client(port_);
  const auto answer = client.ask(post("/api/workflows", dump_json(test::ask_workflow("gpt-4o")), person));
  if (answer.status != 201) throw std::runtime_error("no workflow: " + answer.body);
  return json::parse(answer.body).at("id");
}

}  // namespace ownkey::bench
