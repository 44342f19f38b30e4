// What a request head may look like. Each of these requests is read differently by cpp-httplib alone, or by two
// programs in a row, and could so carry a second request past the first one's checks.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/echo_routes.h"
#include "tests/support/raw_socket.h"
#include "tests/support/running_server.h"

namespace ownkey::test {
namespace {

struct Front {
  RunningServer server{echo_routes()};
  RawSocket client{server.port()};

  // Refuses with this status and says no more on the connection, whatever else was sent.
  void refuses(const std::string& bytes, int status) {
    BOOST_TEST_CONTEXT(bytes.substr(0, 200)) {
      RawSocket other(server.port());
      other.send(bytes);
      const auto answer = other.answer();
      BOOST_TEST(answer.status == status);
      BOOST_TEST(answer.header("Content-Type") == "application/problem+json");
      BOOST_TEST(answer.header("Connection") == "close");
      BOOST_TEST(other.rest() == "");
    }
  }
};

std::string with_field(const std::string& field) { return get("/hello", field + "\r\n"); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(raw_head, Front)

BOOST_AUTO_TEST_CASE(a_plain_request_is_answered) {
  const auto answer = client.ask(get("/hello"));
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.body == "hello");
}

BOOST_AUTO_TEST_CASE(two_content_lengths_are_refused_even_when_equal) {
  refuses(
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + get("/smuggled"),
      400);
  refuses("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400);
}

BOOST_AUTO_TEST_CASE(content_length_must_be_digits_only) {
  for (const std::string length : {"+2", "-1", "0x2", "2,2", "2 2", "", "99999999999999999999"})
    refuses("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n{}", 400);
}

BOOST_AUTO_TEST_CASE(transfer_encoding_is_refused_with_and_without_content_length) {
  const std::string chunked = "0\r\n\r\n" + get("/smuggled");
  refuses(request("POST", "/echo", "Transfer-Encoding: chunked\r\n") + chunked, 411);
  refuses(request("POST", "/echo", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + chunked, 411);
  refuses(request("POST", "/echo", "Transfer-Encoding: xchunked\r\n") + chunked, 411);
}

BOOST_AUTO_TEST_CASE(trailers_are_refused_and_overwrite_no_header) {
  refuses(request("POST", "/echo", "Trailer: Cookie\r\n"), 400);
  refuses(request("POST", "/echo", "X-Test: mine\r\nTransfer-Encoding: chunked\r\n") +
              "2\r\n{}\r\n0\r\nX-Test: trailer\r\n\r\n",
          411);
}

BOOST_AUTO_TEST_CASE(compressed_bodies_are_refused_before_they_unfold) {
  refuses(request("POST", "/echo", "Content-Encoding: gzip\r\n" + std::string(kJson), "\x1f\x8b"), 415);
}

BOOST_AUTO_TEST_CASE(encoded_line_breaks_are_refused_wherever_they_stand) {
  refuses(with_field("X-Test: a%0d%0aSet-Cookie: b"), 400);
  refuses(with_field("X-Test: a%0A"), 400);
  refuses(get("/show?v=a%0d%0ab"), 400);
}

BOOST_AUTO_TEST_CASE(percent_signs_in_values_stay_as_they_are) {
  BOOST_TEST(client.ask(get("/show", "X-Test: 50%25\r\n")).has(R"("x_test":"50%25")"));
}

BOOST_AUTO_TEST_CASE(a_field_may_not_go_on_in_the_next_line) {
  refuses(with_field("X-Test: a\r\n b"), 400);
  refuses(with_field("X-Test: a\r\n\tb"), 400);
}

BOOST_AUTO_TEST_CASE(bare_line_feeds_and_carriage_returns_are_refused_at_once) {
  refuses("GET /hello HTTP/1.1\nHost: localhost\n\n", 400);
  refuses(with_field("X-Test: a\nX-Other: b"), 400);
  refuses(with_field("X-Test: a\rX-Other: b"), 400);
}

BOOST_AUTO_TEST_CASE(a_space_before_the_colon_is_refused) { refuses(with_field("Content-Length : 5"), 400); }

BOOST_AUTO_TEST_CASE(control_characters_and_nul_are_refused) {
  refuses(with_field("X-Test: a\x01"
                     "b"),
          400);
  refuses(with_field(std::string("X-Test: a\0b", 11)), 400);
  refuses(with_field("X Test: a"), 400);
  refuses(with_field(": a"), 400);
  refuses(with_field("no colon"), 400);
}

BOOST_AUTO_TEST_CASE(names_that_pose_as_the_peers_address_are_refused) {
  for (const std::string name : {"REMOTE_ADDR", "remote_port", "LOCAL_ADDR", "Local_Port", "X_Forwarded_For"})
    refuses(with_field(name + ": 10.0.0.1"), 400);
}

BOOST_AUTO_TEST_CASE(forwarded_addresses_are_not_believed_from_anyone) {
  BOOST_TEST(client.ask(get("/show", "X-Forwarded-For: 203.0.113.7\r\n")).has(R"("address":"127.0.0.1")"));
}

BOOST_AUTO_TEST_CASE(sixty_four_fields_pass_and_one_more_does_not) {
  std::string fields;
  for (int i = 0; i < 63; ++i) fields += "X-Number-" + std::to_string(i) + ": 1\r\n";
  BOOST_TEST(client.ask(get("/hello", fields)).status == 200);
  refuses(get("/hello", fields + "X-Number-63: 1\r\n"), 431);
}

BOOST_AUTO_TEST_CASE(a_head_over_16_kib_is_refused_before_it_ends) {
  refuses(with_field("X-Test: " + std::string(17 << 10, 'a')), 431);
  refuses("GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Test: " + std::string(17 << 10, 'a'), 431);
  BOOST_TEST(client.ask(with_field("X-Test: " + std::string(15 << 10, 'a'))).status == 200);
}

BOOST_AUTO_TEST_CASE(exactly_one_host_is_needed) {
  refuses("GET /hello HTTP/1.1\r\n\r\n", 400);
  refuses("GET /hello HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400);
}

BOOST_AUTO_TEST_CASE(a_host_that_is_not_ours_is_refused) {
  for (const std::string host :
       {"evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:x", ""}) {
    RawSocket other(server.port());
    BOOST_TEST_CONTEXT(host) {
      BOOST_TEST(other.ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status == 421);
    }
  }
  for (const std::string host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:80"}) BOOST_TEST_CONTEXT(host) {
      BOOST_TEST(client.ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status == 200);
    }
}

BOOST_AUTO_TEST_CASE(headers_that_decide_who_calls_may_be_there_only_once) {
  for (const std::string name : {"Cookie", "Authorization", "Origin", "Content-Type", "Sec-Fetch-Site", "X-Ownkey"})
    refuses(get("/hello", name + ": a\r\n" + name + ": a\r\n"), 400);
}

BOOST_AUTO_TEST_CASE(request_lines_must_be_plain) {
  refuses("GET  /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  refuses("get /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  refuses("GET http://localhost/hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  refuses("GET hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  refuses("GET /hello\r\nHost: localhost\r\n\r\n", 400);
  refuses("GET /h\xC3\xA4llo HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  refuses("GET /hello HTTP/2.0\r\nHost: localhost\r\n\r\n", 505);
  refuses("\r\n" + get("/hello"), 400);
}

BOOST_AUTO_TEST_CASE(expectations_other_than_100_continue_are_refused) {
  refuses(request("POST", "/echo", "Expect: something\r\n" + std::string(kJson), "{}"), 417);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::test
