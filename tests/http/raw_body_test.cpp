// Bodies: how large, how slow, and what becomes of one that nobody reads.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/echo_routes.h"
#include "tests/support/raw_socket.h"
#include "tests/support/running_server.h"

namespace ownkey::test {
namespace {

using namespace std::chrono_literals;

struct Front {
  RunningServer server{echo_routes()};
  RawSocket client{server.port()};
};

std::string post(std::string_view target, std::string_view body, std::string_view fields = {}) {
  return request("POST", target, std::string(kJson) + std::string(fields), body);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(raw_body, Front)

BOOST_AUTO_TEST_CASE(a_body_left_unread_never_becomes_the_next_request) {
  const std::string hidden = get("/smuggled");
  for (const std::string target : {"/nowhere", "/hello", "/api/mine"}) {
    RawSocket other(server.port());
    other.send(post(target, hidden));
    const auto answer = other.answer();
    BOOST_TEST_CONTEXT(target) {
      BOOST_TEST(answer.status >= 400);
      BOOST_TEST(answer.header("Connection") == "close");
      BOOST_TEST(other.rest() == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_body_of_get_is_not_read_and_ends_the_connection) {
  const std::string hidden = get("/smuggled");
  client.send(request("GET", "/hello", {}, hidden));
  BOOST_TEST(client.answer().header("Connection") == "close");
  BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(a_body_may_come_in_pieces) {
  const std::string text = post("/echo", R"({"key":"value"})");
  for (const char byte : text) client.send({&byte, 1});
  BOOST_TEST(client.answer().has(R"({\"key\":\"value\"})"));
}

BOOST_AUTO_TEST_CASE(a_body_over_the_routes_cap_is_refused_by_its_length_alone) {
  client.send("POST /small HTTP/1.1\r\nHost: localhost\r\n" + std::string(kJson) + "Content-Length: 4097\r\n\r\n");
  BOOST_TEST(client.answer().status == 413);
  BOOST_TEST(client.rest() == "");

  RawSocket other(server.port());
  BOOST_TEST(other.ask(post("/small", std::string(4096, ' '))).status == 200);
  BOOST_TEST(other.ask(post("/echo", std::string(1 << 20, ' '))).status == 200);
  BOOST_TEST(other.ask(post("/echo", std::string((1 << 20) + 1, ' '))).status == 413);
}

BOOST_AUTO_TEST_CASE(a_refusal_arrives_though_the_client_is_still_sending) {
  client.send("POST /small HTTP/1.1\r\nHost: localhost\r\n" + std::string(kJson) + "Content-Length: 500000\r\n\r\n" +
              std::string(500000, 'x'));
  BOOST_TEST(client.answer().status == 413);
}

BOOST_AUTO_TEST_CASE(a_body_must_say_that_it_is_json) {
  BOOST_TEST(client.ask(request("POST", "/echo", "Content-Type: text/plain\r\n", "{}")).status == 415);
  RawSocket other(server.port());
  BOOST_TEST(other.ask(request("POST", "/echo", {}, "{}")).status == 415);
}

BOOST_AUTO_TEST_CASE(the_server_asks_for_a_body_that_waits_to_be_asked_for) {
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n" + std::string(kJson) +
              "Content-Length: 2\r\n\r\n");
  BOOST_TEST(client.answer().status == 100);
  BOOST_TEST(client.ask("{}").status == 200);
}

BOOST_AUTO_TEST_CASE(the_server_does_not_ask_for_a_body_that_it_will_refuse) {
  client.send("POST /small HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n" + std::string(kJson) +
              "Content-Length: 5000\r\n\r\n");
  BOOST_TEST(client.answer().status == 413);
}

BOOST_AUTO_TEST_CASE(a_body_that_stops_coming_is_given_up) {
  RunningServer impatient(echo_routes(), {.patience = {.body = 200ms}});
  RawSocket other(impatient.port());
  other.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + std::string(kJson) + "Content-Length: 20\r\n\r\n{");
  BOOST_TEST(other.answer().status == 408);
  BOOST_TEST(other.rest() == "");
}

// A timeout for each read would begin anew with every byte.
BOOST_AUTO_TEST_CASE(a_body_that_comes_by_drops_is_given_up) {
  RunningServer impatient(echo_routes(), {.patience = {.body = 200ms}});
  RawSocket other(impatient.port());
  other.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + std::string(kJson) + "Content-Length: 100000\r\n\r\n");
  const auto drip = [&other] {
    const auto end = std::chrono::steady_clock::now() + RawSocket::kPatience;
    while (!other.readable_within(50ms) && std::chrono::steady_clock::now() < end) other.send(" ");
  };
  drip();
  BOOST_TEST(other.answer().status == 408);
}

// 300 MB of spaces in 300 KB; what cannot be said is not unfolded.
BOOST_AUTO_TEST_CASE(a_compressed_body_is_not_read_though_it_is_small) {
  const auto answer = client.ask(
      request("POST", "/echo", "Content-Encoding: gzip\r\n" + std::string(kJson), std::string(300'000, '\0')));
  BOOST_TEST(answer.status == 415);
  BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::test
