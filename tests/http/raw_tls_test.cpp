// The same front under TLS.
#include <httplib.h>
#include <openssl/ssl.h>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

#include "tests/support/echo_routes.h"
#include "tests/support/raw_socket.h"
#include "tests/support/running_server.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_certificate.h"

namespace ownkey::test {
namespace {

using namespace std::chrono_literals;

struct Secure {
  TempFolder folder;
  http::Tls tls{folder / "certificate.pem", folder / "key.pem"};

  Secure() {
    const TestCertificate certificate("localhost");
    certificate.write_pem(tls.certificate);
    certificate.write_key_pem(tls.key);
  }

  http::ServerOptions options(http::Patience patience = {}) const { return {.tls = tls, .patience = patience}; }
};

std::unique_ptr<httplib::SSLClient> connect(const RunningServer& server) {
  auto client = std::make_unique<httplib::SSLClient>("localhost", server.port());
  client->enable_server_certificate_verification(false);
  client->set_keep_alive(true);
  client->set_address_family(AF_INET);
  return client;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(raw_tls, Secure)

BOOST_AUTO_TEST_CASE(requests_are_answered_on_one_connection_and_hsts_is_sent) {
  RunningServer server(echo_routes(), options());
  const auto client = connect(server);
  for (int i = 0; i < 20; ++i) {
    const auto answer = client->Get("/hello");
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->body == "hello");
    BOOST_TEST(answer->has_header("Strict-Transport-Security"));
  }
}

BOOST_AUTO_TEST_CASE(bodies_larger_than_a_record_pass_both_ways) {
  RunningServer server(echo_routes(), options());
  const auto client = connect(server);
  const std::string body(900'000, 'a');
  const auto answer = client->Post("/echo", body, "application/json");
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(json::parse(answer->body)["body"].get_ref<const std::string&>().size() == body.size());
}

BOOST_AUTO_TEST_CASE(the_session_cookie_is_the_one_of_https) {
  RunningServer server(echo_routes(), options());
  const auto client = connect(server);
  BOOST_TEST(client->Get("/api/mine", {{"Cookie", "ownkey_dev=good"}})->status == 401);
  BOOST_TEST(client->Get("/api/mine", {{"Cookie", "__Host-ownkey=good"}})->status == 200);
}

BOOST_AUTO_TEST_CASE(tls_before_1_2_is_refused) {
  RunningServer server(echo_routes(), options());
  const auto old = connect(server);
  SSL_CTX_set_min_proto_version(old->ssl_context(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(old->ssl_context(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(old->ssl_context(), 0);
  BOOST_TEST(!old->Get("/hello"));
}

BOOST_AUTO_TEST_CASE(what_is_no_handshake_gets_no_answer) {
  RunningServer server(echo_routes(), options());
  RawSocket plain(server.port());
  plain.send(get("/hello"));
  BOOST_TEST(plain.rest().find("HTTP/") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_handshake_must_begin_in_time) {
  RunningServer server(echo_routes(), options({.head = 100ms}));
  RawSocket silent(server.port());
  BOOST_TEST(silent.rest() == "");
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_fit_is_an_error_at_start) {
  LogLines lines;
  base::Log log = lines.log();
  const base::SystemClock clock;
  http::Server server({.tls = http::Tls{tls.certificate, folder / "missing.pem"}}, {}, {good_token, {}, log, clock});
  const auto bound = server.bind();
  BOOST_REQUIRE(!bound);
  BOOST_TEST(bound.error().public_text.find("missing.pem") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::test
