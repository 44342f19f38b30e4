// Two-factor sign-in, over the wire.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "server/base/clock.h"
#include "server/crypto/totp.h"
#include "tests/support/command.h"
#include "tests/support/marked_person.h"

using namespace ownkey;
using test::kPassword;

namespace {

const std::string kPath = "/api/settings/two-factor";

struct Fixture {
  test::OwnkeyServer server;
  test::MarkedPerson ada{server, "adalovelace"};
  json setup;
  std::vector<std::string> codes;
  std::int64_t step = crypto::totp_step(base::SystemClock().now());

  // Each works once. Three steps count at a time, so this one and the next may be used however slow a test is.
  std::string code(std::int64_t later = 0) {
    return crypto::totp_code(Secret(setup.at("secret").get<std::string>()), step + later);
  }
  test::ApiAnswer set_up(const std::string& password = kPassword) {
    auto answer = ada.client.post(kPath + "/setup", {{"current_password", password}});
    if (answer.status == 200) setup = answer.body();
    return answer;
  }
  void enable() {
    BOOST_REQUIRE(set_up().status == 200);
    const auto answer = ada.client.post(kPath + "/enable", {{"totp_code", code()}});
    BOOST_REQUIRE(answer.status == 200);
    codes = answer.body().at("recovery_codes").get<std::vector<std::string>>();
  }
  test::ApiAnswer login(const json& more = json::object(), const std::string& password = kPassword) {
    json body{{"email", ada.email()}, {"password", password}};
    body.update(more);
    return test::ApiClient(server.port()).post("/api/auth/login", body);
  }
  json with_code(const std::string& text) { return {{"totp_code", text}}; }
  json proof(const std::string& text, const std::string& password = kPassword) {
    return {{"current_password", password}, {"totp_code", text}};
  }
  test::ApiAnswer disable(const json& body) { return ada.client.send("DELETE", kPath, body.dump()); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(two_factor_api, Fixture)

BOOST_AUTO_TEST_CASE(it_is_set_up_enabled_used_and_switched_off) {
  BOOST_TEST(ada.client.get(kPath).body() == json({{"enabled", false}, {"recovery_codes_left", 0}}));
  enable();
  BOOST_TEST(codes.size() == 10U);
  BOOST_TEST(ada.client.get(kPath).body() == json({{"enabled", true}, {"recovery_codes_left", 10}}));
  BOOST_TEST(ada.client.get("/api/auth/me").status == 200);  // the session goes on

  const auto without = login();
  BOOST_TEST(without.status == 401);
  BOOST_TEST(without.code() == "two_factor_required");
  const auto used = login(with_code(code()));
  BOOST_TEST(used.status == 401);
  BOOST_TEST(used.code() == "two_factor_rejected");
  BOOST_TEST(login(with_code(code(1))).status == 200);
  BOOST_TEST(login(with_code(codes.at(0))).status == 200);
  BOOST_TEST(login(with_code(codes.at(0))).code() == "two_factor_rejected");
  BOOST_TEST(ada.client.get(kPath).body().at("recovery_codes_left") == 9);

  BOOST_TEST(set_up().status == 409);
  BOOST_TEST(disable(proof(codes.at(1), "wrong horse")).field() == "current_password");
  BOOST_TEST(disable(proof(codes.at(0))).field() == "totp_code");
  BOOST_TEST(disable(proof(codes.at(1))).status == 204);
  BOOST_TEST(login().status == 200);
  BOOST_TEST(disable(proof(codes.at(2))).status == 409);
}

BOOST_AUTO_TEST_CASE(the_set_up_is_for_an_app_to_open_to_type_or_to_scan) {
  BOOST_TEST(set_up("wrong horse").field() == "current_password");
  BOOST_REQUIRE(set_up().status == 200);
  const auto secret = setup.at("secret").get<std::string>();
  BOOST_TEST(setup.at("otpauth_uri") ==
             "otpauth://totp/Ownkey:adalovelace%40mail.example?secret=" + secret + "&issuer=Ownkey");
  const auto rows = setup.at("qr").get<std::vector<std::string>>();
  BOOST_TEST(rows.size() >= 21U);
  BOOST_TEST((rows.size() - 21) % 4 == 0U);  // the sizes that there are
  for (const auto& row : rows) {
    BOOST_TEST(row.size() == rows.size());
    BOOST_TEST((row.find_first_not_of("01") == std::string::npos));
  }
  BOOST_TEST(rows.front().starts_with("11111110"));  // a corner by which it is found
  BOOST_TEST(rows.back().starts_with("11111110"));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_answered_alike_with_and_without_it) {
  const auto without_id = [](const test::ApiAnswer& answer) {
    auto body = answer.body();
    body.erase("request_id");
    return body;
  };
  const auto before = login(json::object(), "wrong horse");
  enable();
  BOOST_TEST(without_id(login(json::object(), "wrong horse")) == without_id(before));
  BOOST_TEST(without_id(login(with_code(code(1)), "wrong horse")) == without_id(before));
}

BOOST_AUTO_TEST_CASE(two_logins_at_once_cannot_both_use_a_code) {
  enable();
  std::atomic<int> inside = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] { inside += login(with_code(code(1))).status == 200 ? 1 : 0; });
  }
  BOOST_TEST(inside == 1);
}

BOOST_AUTO_TEST_CASE(new_recovery_codes_are_given_for_a_code_of_the_app) {
  enable();
  BOOST_TEST(ada.client.post(kPath + "/recovery-codes", proof(codes.at(0))).field() == "totp_code");
  const auto answer = ada.client.post(kPath + "/recovery-codes", proof(code(1)));
  BOOST_REQUIRE(answer.status == 200);
  const auto fresh = answer.body().at("recovery_codes").get<std::vector<std::string>>();
  BOOST_TEST(fresh.size() == 10U);
  BOOST_TEST(login(with_code(codes.at(0))).code() == "two_factor_rejected");
  BOOST_TEST(login(with_code(fresh.at(0))).status == 200);
}

BOOST_AUTO_TEST_CASE(no_file_log_or_export_holds_its_secrets) {
  enable();
  BOOST_TEST(login(with_code(codes.at(0))).status == 200);
  const auto exported = ada.client.get("/api/settings/export");
  const auto told = exported.body().at("two_factor");
  BOOST_TEST(told.at("enabled") == true);
  BOOST_TEST(told.at("enabled_at").get<std::string>().ends_with("Z"));
  BOOST_TEST(told.at("recovery_codes_left") == 9);
  auto secrets = codes;
  secrets.push_back(setup.at("secret"));
  for (const auto& secret : secrets) {
    BOOST_TEST(test::files_with(server.data(), secret).empty());
    BOOST_TEST(exported.text.find(secret) == std::string::npos);
    BOOST_TEST(server.log().find(secret) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(it_outlives_a_restart_a_new_data_key_and_a_backup) {
  enable();
  BOOST_REQUIRE(test::run_ownkey({"keys", "rotate-data", "--all", "--data", server.data().string()}).status == 0);
  BOOST_TEST(login(with_code(code(1))).status == 200);
  server.stop();
  server.start();
  BOOST_TEST(login().code() == "two_factor_required");
  BOOST_TEST(login(with_code(codes.at(0))).status == 200);

  test::TempFolder folder;
  const auto backup = (folder / "backup").string(), restored = (folder / "restored").string();
  BOOST_REQUIRE(test::run_ownkey({"backup", backup, "--data", server.data().string()}).status == 0);
  std::filesystem::create_directory(restored);
  std::filesystem::copy_file(server.data() / "master.key", folder / "restored" / "master.key");
  BOOST_REQUIRE(test::run_ownkey({"restore", backup, "--data", restored}).status == 0);
  const auto doctor = test::run_ownkey({"keys", "doctor", "--json", "--data", restored});
  BOOST_TEST(doctor.status == 0);
  BOOST_TEST(json::parse(doctor.out).at("values").at("readable") == 2);  // the key and this
}

BOOST_AUTO_TEST_CASE(nobody_who_is_not_signed_in_reaches_it) {
  test::ApiClient nobody(server.port());
  BOOST_TEST(nobody.get(kPath).status == 401);
  BOOST_TEST(nobody.post(kPath + "/setup", {{"current_password", kPassword}}).status == 401);
  BOOST_TEST(nobody.post(kPath + "/enable", with_code("000000")).status == 401);
  BOOST_TEST(nobody.post(kPath + "/recovery-codes", proof("000000")).status == 401);
  BOOST_TEST(nobody.send("DELETE", kPath, proof("000000").dump()).status == 401);
}

BOOST_AUTO_TEST_SUITE_END()
