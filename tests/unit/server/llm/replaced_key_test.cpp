// Keys that are saved again while a call or a check is on its way with the one before.
#include <sqlite3.h>

#include <boost/test/unit_test.hpp>
#include <functional>
#include <utility>

#include "server/llm/llm_service.h"
#include "tests/provider_sim/simulator.h"
#include "tests/support/raw_server.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;

namespace {

constexpr std::string_view kOldKey = "sk-sim-openai-for-the-old-host-0123456789";
constexpr std::string_view kNewKey = "sk-sim-openai-for-the-new-host-0123456789";

std::string local_url(int port) { return "http://127.0.0.1:" + std::to_string(port) + "/v1"; }

// Runs an action once, between the look at a key by its label and whatever comes next. Sees databases that are opened
// while it lives.
class AfterTheLook {
 public:
  explicit AfterTheLook(std::function<void()> action) {
    action_ = std::move(action);
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
  }
  ~AfterTheLook() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watch));
    action_ = nullptr;
  }
  AfterTheLook(const AfterTheLook&) = delete;
  AfterTheLook& operator=(const AfterTheLook&) = delete;

 private:
  static int watch(sqlite3* database, char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, &finished, nullptr);
  }
  static int finished(unsigned, void*, void* statement, void*) {
    const std::string_view sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    if (!action_ || !sql.starts_with("SELECT") || !sql.ends_with("WHERE provider = ? AND label = ?")) return 0;
    std::exchange(action_, nullptr)();
    return 0;
  }

  static inline std::function<void()> action_;
};

struct Fixture : test::VaultFixture {
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);
  base::UserId user = add_user();

  std::unique_ptr<LlmService> service(Endpoints::Options endpoints) {
    return test::value_of(LlmService::create({.endpoints = std::move(endpoints)}, vault, users, late, clock, log));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(replaced_keys, Fixture)

BOOST_AUTO_TEST_CASE(a_key_saved_for_another_host_never_goes_to_the_old_one) {
  test::RawServer old_host([](test::RawConnection& connection) { connection.read_head(); });
  provider_sim::RequestLog seen;
  provider_sim::Simulator new_host({}, seen);
  BOOST_REQUIRE(new_host.start());
  const auto llm = service({.custom_hosts = {"127.0.0.1"}});
  // Databases of their own, as another process has them.
  store::UserStores others(folder.path(), 16, crypto::sha256_text);
  vault::CredentialVault elsewhere(*accounts, others, keys, random, clock);
  const auto save_elsewhere = [&](std::string url, std::string_view key) {
    test::value_of(
        elsewhere.save(user, {Provider::OpenAiCompatible, "default", std::move(url), Secret(key)}, test::kClient));
  };
  save_elsewhere(local_url(old_host.port()), kOldKey);

  bool saved_between = false;
  const AfterTheLook hook([&] {
    saved_between = true;
    save_elsewhere(local_url(new_host.port()), kNewKey);
  });
  const auto outcome =
      llm->for_user(user).chat({"gpt-3.5-turbo", {{Role::User, "hello"}}}, {.provider = Provider::OpenAiCompatible});
  BOOST_TEST(saved_between);
  BOOST_REQUIRE_MESSAGE(outcome.answer, (outcome.answer ? "" : outcome.answer.error().public_text));
  BOOST_TEST(old_host.connections() == 0);
  BOOST_REQUIRE(seen.seen().size() == 1U);
  BOOST_TEST(seen.seen()[0].key == kNewKey);
}

BOOST_AUTO_TEST_CASE(the_check_of_a_key_that_is_replaced_meanwhile_is_not_kept_with_the_new_one) {
  test::RawServer provider([&](test::RawConnection& connection) {
    connection.read_head();
    save(user, Provider::OpenAi, "sk-saved-during-the-check-0123456789");
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"data\":[]}");
    connection.wait_for_close(5000);
  });
  const auto llm = service({.openai_base_url = local_url(provider.port())});
  save(user, Provider::OpenAi, kOldKey);
  const auto checked = llm->for_user(user).verify_stored(Provider::OpenAi, "default", test::kClient);
  BOOST_REQUIRE(!checked);
  BOOST_TEST((checked.error().kind == ErrorKind::Conflict));
  BOOST_TEST(!vault.find(user, Provider::OpenAi, "default")->value().verification.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
