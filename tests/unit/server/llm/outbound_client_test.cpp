#include "server/llm/outbound_client.h"

#include <httplib.h>

#include <boost/test/unit_test.hpp>
#include <future>

#include "tests/support/raw_server.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_certificate.h"

using namespace ownkey;
using namespace ownkey::llm;
using ownkey::test::RawConnection;
using ownkey::test::RawServer;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

const Secret kKey("sk-the-key-0123456789");
const KeyHeader kHeader{"Authorization", "Bearer "};
const HttpRequest kPost{"POST", "/chat", {{"x-extra", "1"}}, R"({"a":1})"};

Endpoint endpoint_at(int port, const std::string& host = "127.0.0.1", bool https = false) {
  return {"Testy", {https, host, port, "/v1"}, Trust::Operator};
}

std::string reply(std::string_view body, std::string_view extra = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(extra) + "\r\n" +
         std::string(body);
}

Result<HttpAnswer> send(OutboundClient& client, const Endpoint& endpoint, const base::CancelToken& cancel = {},
                        const OnBody& on_body = {}) {
  return client.send(endpoint, kPost, {kHeader, kKey}, on_body, cancel);
}

Result<HttpAnswer> send(OutboundClient::Options options, const Endpoint& endpoint) {
  OutboundClient client(std::move(options));
  return send(client, endpoint);
}

// What the error is when the server does this.
Error failure_when(std::function<void(RawConnection&)> serve, Timeouts timeouts = {}) {
  RawServer server(std::move(serve));
  OutboundClient client({.timeouts = timeouts});
  auto answer = send(client, endpoint_at(server.port()));
  BOOST_REQUIRE(!answer);
  return answer.error();
}

Resolver always(std::string_view address) {
  return
      [text = std::string(address)](const std::string&, int port, Deadline deadline, const base::CancelToken& cancel) {
        return system_resolver()(text, port, deadline, cancel);
      };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(outbound_client)

BOOST_AUTO_TEST_CASE(a_request_goes_out_with_its_key_in_a_header_and_nowhere_else) {
  std::promise<std::string> head;
  RawServer server([&](RawConnection& connection) {
    head.set_value(connection.read_head());
    connection.send(reply("fine", "X-Request-Id: r1\r\n"));
    connection.wait_for_close(5000);
  });
  OutboundClient client({});
  const auto answer = send(client, endpoint_at(server.port()));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(answer->body == "fine");
  BOOST_TEST(answer->header("x-request-id") == "r1");
  const auto sent = head.get_future().get();
  BOOST_TEST(sent.starts_with("POST /v1/chat HTTP/1.1\r\n"));
  BOOST_TEST(sent.find("\r\nAuthorization: Bearer sk-the-key-0123456789\r\n") != std::string::npos);
  BOOST_TEST(sent.find("sk-the-key") == sent.rfind("sk-the-key"));
  BOOST_TEST(sent.find("\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") != std::string::npos);
  BOOST_TEST(sent.find("\r\nContent-Length: 7\r\n") != std::string::npos);
  BOOST_TEST(sent.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(connections_are_kept_and_used_again) {
  RawServer server([](RawConnection& connection) {
    while (!connection.read_head().empty()) connection.send(reply("again"));
  });
  OutboundClient client({});
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.send(endpoint_at(server.port()), {"GET", "/models"}, {kHeader, kKey}, {}, {});
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->body == "again");
  }
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_meanwhile_is_replaced) {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send(reply("once"));
  });
  OutboundClient client({});
  for (int i = 0; i < 3; ++i)
    BOOST_REQUIRE(client.send(endpoint_at(server.port()), {"GET", "/"}, {kHeader, kKey}, {}, {}));
  BOOST_TEST(server.connections() == 3);
}

BOOST_AUTO_TEST_CASE(a_chunked_body_is_handed_on_as_it_comes) {
  std::promise<void> first_seen;
  RawServer server([&](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    first_seen.get_future().wait_for(seconds(10));
    connection.send("6\r\n world\r\n0\r\n\r\n");
    connection.wait_for_close(5000);
  });
  OutboundClient client({});
  std::vector<std::string> pieces;
  const auto answer = send(client, endpoint_at(server.port()), {}, [&](std::string_view piece) {
    pieces.emplace_back(piece);
    if (pieces.size() == 1) first_seen.set_value();
    return true;
  });
  BOOST_REQUIRE(answer);
  BOOST_TEST(pieces == (std::vector<std::string>{"hello", " world"}), boost::test_tools::per_element());
  BOOST_TEST(answer->body == "");
}

BOOST_AUTO_TEST_CASE(an_error_answer_is_kept_whole_even_when_streaming) {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 429 Too Many\r\nContent-Length: 4\r\n\r\nslow");
    connection.wait_for_close(5000);
  });
  OutboundClient client({});
  const auto answer = send(client, endpoint_at(server.port()), {}, [](std::string_view) { return false; });
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 429);
  BOOST_TEST(answer->body == "slow");
}

BOOST_AUTO_TEST_CASE(a_redirect_is_an_answer_and_is_not_followed) {
  RawServer elsewhere([](RawConnection& connection) { connection.read_head(); });
  RawServer server([&](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:" +
                    std::to_string(elsewhere.port()) + "/\r\n\r\n");
    connection.wait_for_close(5000);
  });
  OutboundClient client({});
  const auto answer = send(client, endpoint_at(server.port()));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 302);
  BOOST_TEST(elsewhere.connections() == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_connection_is_unreachable) {
  int port = 0;
  {
    RawServer server([](RawConnection&) {});
    port = server.port();
  }
  const auto answer = send(OutboundClient::Options{}, endpoint_at(port));
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(answer.error().public_text.find("refused") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_unreachable) {
  const auto answer = send(OutboundClient::Options{}, endpoint_at(80, "no-such-host.invalid"));
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(answer.error().public_text.find("name") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_that_leads_inside_is_refused_before_connecting) {
  RawServer server([](RawConnection&) {});
  for (const auto* address :
       {"127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::ffff:127.0.0.1", "64:ff9b::7f00:1"}) {
    Endpoint endpoint{"Testy", {true, "api.example.com", server.port(), ""}, Trust::Public};
    const auto answer = send({.resolver = always(address)}, endpoint);
    BOOST_REQUIRE_MESSAGE(!answer, address);
    BOOST_TEST((answer.error().kind == ErrorKind::ProviderUnreachable));
    BOOST_TEST(answer.error().public_text.find("private network") != std::string::npos, address);
  }
  BOOST_TEST(server.connections() == 0);
}

BOOST_AUTO_TEST_CASE(odd_written_forms_of_inner_addresses_are_refused_before_connecting) {
  RawServer server([](RawConnection&) {});
  for (const auto* host : {"2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1", "::1", "localhost",
                           "::ffff:7f00:1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "0", "0.0.0.0"}) {
    const auto answer =
        send(OutboundClient::Options{}, Endpoint{"Testy", {true, host, server.port(), ""}, Trust::Public});
    BOOST_REQUIRE_MESSAGE(!answer, host);
    BOOST_TEST(answer.error().public_text.find("private network") != std::string::npos,
               host << ": " << answer.error().public_text);
  }
  BOOST_TEST(server.connections() == 0);
}

BOOST_AUTO_TEST_CASE(a_name_with_an_inner_address_among_others_never_reaches_it) {
  RawServer inside([](RawConnection&) {});
  OutboundClient client({.timeouts = {.connect = milliseconds(100)},
                         .resolver = [](const std::string&, int port, Deadline deadline,
                                        const base::CancelToken& cancel) -> Result<std::vector<SocketAddress>> {
                           std::vector<SocketAddress> all;
                           for (const auto* address : {"127.0.0.1", "10.0.0.1", "::1"})
                             all.push_back(system_resolver()(address, port, deadline, cancel)->front());
                           return all;
                         }});
  BOOST_TEST(!send(client, Endpoint{"Testy", {true, "api.example.com", inside.port(), ""}, Trust::Public}));
  BOOST_TEST(inside.connections() == 0);
}

BOOST_AUTO_TEST_CASE(a_name_is_resolved_once_so_that_it_cannot_change_its_mind) {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send(reply("here"));
  });
  int asked = 0;
  OutboundClient client(
      {.resolver = [&](const std::string&, int port, Deadline deadline, const base::CancelToken& cancel) {
        ++asked;
        return system_resolver()("127.0.0.1", port, deadline, cancel);
      }});
  BOOST_REQUIRE(send(client, endpoint_at(server.port(), "sim.example.com")));
  BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(silence_ends_at_the_first_byte_limit) {
  const auto error = failure_when([](RawConnection& connection) { connection.wait_for_close(10'000); },
                                  {.first_byte = milliseconds(100)});
  BOOST_TEST((error.kind == ErrorKind::ProviderTimeout));
}

BOOST_AUTO_TEST_CASE(a_request_may_have_less_patience_than_usual) {
  RawServer server([](RawConnection& connection) { connection.wait_for_close(10'000); });
  OutboundClient client({});
  HttpRequest impatient = kPost;
  impatient.first_byte_within = milliseconds(100);
  const auto answer = client.send(endpoint_at(server.port()), impatient, {kHeader, kKey}, {}, {});
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().kind == ErrorKind::ProviderTimeout));
}

BOOST_AUTO_TEST_CASE(a_gap_ends_at_its_own_limit) {
  const auto error = failure_when(
      [](RawConnection& connection) {
        connection.read_head();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        connection.wait_for_close(10'000);
      },
      {.gap = milliseconds(100)});
  BOOST_TEST((error.kind == ErrorKind::ProviderTimeout));
}

BOOST_AUTO_TEST_CASE(dripping_does_not_outlast_the_total_limit) {
  const auto start = steady_clock::now();
  const auto error = failure_when(
      [](RawConnection& connection) {
        connection.read_head();
        connection.send("HTTP/1.1 200 OK\r\n");
        while (!connection.wait_for_close(20)) connection.send("X-Drip: 1\r\n");
      },
      {.total = milliseconds(300)});
  BOOST_TEST((error.kind == ErrorKind::ProviderTimeout));
  BOOST_TEST((steady_clock::now() - start < seconds(5)));
}

BOOST_AUTO_TEST_CASE(a_flood_does_not_outlast_the_total_limit) {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.try_send(std::string(1000, 'x'))) continue;
  });
  OutboundClient client({.timeouts = {.total = milliseconds(200)}});
  const auto start = steady_clock::now();
  const auto answer = send(client, endpoint_at(server.port()), {}, [](std::string_view) {
    std::this_thread::sleep_for(milliseconds(10));  // whoever takes it is slower than it comes
    return true;
  });
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().kind == ErrorKind::ProviderTimeout));
  BOOST_TEST((steady_clock::now() - start < seconds(5)));
}

BOOST_AUTO_TEST_CASE(a_connection_cut_before_the_answer_is_unreachable_and_after_its_start_an_error) {
  BOOST_TEST(
      (failure_when([](RawConnection& connection) { connection.read_head(); }).kind == ErrorKind::ProviderUnreachable));
  const auto cut = failure_when([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  });
  BOOST_TEST((cut.kind == ErrorKind::ProviderError));
}

BOOST_AUTO_TEST_CASE(an_answer_without_end_stops_at_the_limit) {
  const auto error = failure_when([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string megabyte(1024 * 1024, 'x');
    for (int i = 0; i < 64; ++i) connection.send(megabyte);
  });
  BOOST_TEST((error.kind == ErrorKind::ProviderError));
  BOOST_TEST(error.public_text.find("too large") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_an_error) {
  for (const std::string nonsense : {"hello\r\n\r\n", "HTTP/2 200\r\n\r\n", "SSH-2.0-OpenSSH\r\n"}) {
    const auto error = failure_when([&](RawConnection& connection) {
      connection.read_head();
      connection.send(nonsense);
    });
    BOOST_TEST((error.kind == ErrorKind::ProviderError || error.kind == ErrorKind::ProviderUnreachable), nonsense);
  }
}

BOOST_AUTO_TEST_CASE(a_cancel_before_the_first_byte_closes_the_connection) {
  std::promise<void> asked;
  std::promise<bool> closed;
  RawServer server([&](RawConnection& connection) {
    connection.read_head();
    asked.set_value();
    closed.set_value(connection.wait_for_close(10'000));
  });
  OutboundClient client({});
  base::CancelSource source;
  std::thread canceller([&] {
    asked.get_future().wait();
    source.cancel();
  });
  const auto start = steady_clock::now();
  BOOST_TEST(!send(client, endpoint_at(server.port()), source.token()));
  canceller.join();
  BOOST_TEST(closed.get_future().get());
  BOOST_TEST((steady_clock::now() - start < seconds(2)));
}

BOOST_AUTO_TEST_CASE(a_cancel_while_connecting_ends_the_wait) {
  // A listener whose queue is full lets connections hang.
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  BOOST_REQUIRE(::bind(listener, generic, size) == 0 && ::listen(listener, 0) == 0);
  ::getsockname(listener, generic, &size);
  std::vector<int> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    ::connect(fillers.back(), generic, size);
  }
  OutboundClient client({});
  base::CancelSource source;
  auto answer = std::async(std::launch::async,
                           [&] { return send(client, endpoint_at(ntohs(address.sin_port)), source.token()); });
  BOOST_TEST((answer.wait_for(milliseconds(100)) == std::future_status::timeout));
  source.cancel();
  BOOST_TEST((answer.wait_for(seconds(2)) == std::future_status::ready));
  BOOST_TEST(!answer.get());
  for (const int filler : fillers) ::close(filler);
  ::close(listener);
}

BOOST_AUTO_TEST_CASE(a_cancelled_token_makes_no_lasting_connection) {
  RawServer server([](RawConnection& connection) { connection.wait_for_close(10'000); });
  OutboundClient client({});
  base::CancelSource source;
  source.cancel();
  BOOST_TEST(!send(client, endpoint_at(server.port()), source.token()));
}

BOOST_AUTO_TEST_CASE(tls_is_spoken_with_a_certificate_that_is_trusted_and_fits) {
  const test::TestCertificate certificate("localhost");
  const test::TempFolder folder;
  certificate.write_pem(folder / "ca.pem");
  httplib::SSLServer server(certificate.x509(), certificate.key());
  server.Post("/v1/chat", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("secret", "text/plain");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread listening([&] { server.listen_after_bind(); });
  server.wait_until_ready();
  const std::string ca_file = folder / "ca.pem";

  OutboundClient trusting({.ca_file = ca_file, .resolver = always("127.0.0.1")});
  for (int i = 0; i < 2; ++i) {
    const auto answer = send(trusting, endpoint_at(port, "localhost", true));
    BOOST_REQUIRE_MESSAGE(answer, (answer ? "" : answer.error().log_text));
    BOOST_TEST(answer->body == "secret");
  }
  const auto unknown = send({.resolver = always("127.0.0.1")}, endpoint_at(port, "localhost", true));
  BOOST_REQUIRE(!unknown);
  BOOST_TEST((unknown.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(unknown.error().public_text.find("certificate") != std::string::npos);
  const auto misfit =
      send({.ca_file = ca_file, .resolver = always("127.0.0.1")}, endpoint_at(port, "other.example.com", true));
  BOOST_REQUIRE(!misfit);
  BOOST_TEST(misfit.error().public_text.find("certificate") != std::string::npos);
  const auto by_address = send({.ca_file = ca_file}, endpoint_at(port, "127.0.0.1", true));
  BOOST_REQUIRE(!by_address);
  BOOST_TEST(by_address.error().public_text.find("certificate") != std::string::npos);

  server.stop();
  listening.join();
}

BOOST_AUTO_TEST_CASE(a_proxy_is_asked_for_a_tunnel_and_sees_no_key) {
  std::promise<std::string> head;
  RawServer proxy([&](RawConnection& connection) {
    head.set_value(connection.read_head());
    connection.send("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  const auto answer = send({.proxy = "http://127.0.0.1:" + std::to_string(proxy.port())},
                           {"Testy", {true, "api.example.com", 443, ""}, Trust::Public});
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.error().public_text.find("the proxy refused") != std::string::npos);
  const auto sent = head.get_future().get();
  BOOST_TEST(sent.starts_with("CONNECT api.example.com:443 HTTP/1.1\r\n"));
  BOOST_TEST(sent.find("sk-the-key") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_proxy_is_not_asked_for_an_address_that_leads_inside) {
  RawServer proxy([](RawConnection&) {});
  for (const auto* host : {"10.0.0.1", "0x7f.1", "2130706433", "::1"})
    BOOST_TEST(!send({.proxy = "http://127.0.0.1:" + std::to_string(proxy.port())},
                     {"Testy", {true, host, 443, ""}, Trust::Public}),
               host);
  BOOST_TEST(proxy.connections() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
