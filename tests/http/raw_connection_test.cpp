// Connections over time: kept, pipelined, slow, too many, left by their client, and stopped by the server.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <future>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/echo_routes.h"
#include "tests/support/raw_socket.h"
#include "tests/support/running_server.h"

namespace ownkey::test {
namespace {

using namespace std::chrono_literals;
using http::Access;
using http::Request;
using http::Response;

// A run of a session: waits until it is cancelled and then says so. And the way to end the session.
std::vector<http::Route> session_routes(std::promise<void>& entered) {
  const auto wait = [](const base::CancelToken& cancel) {
    while (cancel.sleep_for(1h)) {
    }
  };
  return {{.method = "GET",
           .pattern = "/run",
           .handler = [&entered, wait](const Request& request) -> Result<Response> {
             const auto cancel = request.client_left();
             entered.set_value();
             wait(cancel);
             return http::text_response(200, "text/plain", "cancelled");
           }},
          {.method = "GET",
           .pattern = "/run-events",
           .handler = [&entered, wait](const Request& request) -> Result<Response> {
             return http::event_stream([&entered, wait, cancel = request.client_left()](http::StreamSink& sink) {
               entered.set_value();
               wait(cancel);
               sink.write("data: cancelled\n\n");
             });
           }},
          {.method = "POST", .pattern = "/logout", .handler = [](const Request&) -> Result<Response> {
             auto response = http::no_content();
             response.ends = [](const http::Session&) { return true; };
             return response;
           }}};
}

constexpr std::string_view kBearer = "Authorization: Bearer good\r\n";

// Routes that wait, and promises by which a test sees where they are.
struct Waiting {
  std::promise<void> entered;
  std::promise<void> released;
  std::promise<void> left;

  std::vector<http::Route> routes() {
    auto all = echo_routes();
    all.push_back({.method = "GET",
                   .pattern = "/waits",
                   .handler = [this](const Request&) -> Result<Response> {
                     entered.set_value();
                     released.get_future().wait();
                     return http::text_response(200, "text/plain", "done");
                   },
                   .access = Access::Anyone});
    all.push_back({.method = "GET",
                   .pattern = "/waits-for-its-client",
                   .handler = [this](const Request& request) -> Result<Response> {
                     const auto watch = request.client_left().on_cancel([this] { left.set_value(); });
                     entered.set_value();
                     released.get_future().wait();
                     return http::no_content();
                   },
                   .access = Access::Anyone});
    all.push_back({.method = "GET",
                   .pattern = "/streams",
                   .handler = [this](const Request& request) -> Result<Response> { return stream(request); },
                   .access = Access::Anyone});
    return all;
  }

  // One event at once, one when the server stops, and no more once the client left.
  Response stream(const Request& request) {
    return http::event_stream(
        [this, stopping = request.stopping, gone = request.client_left()](http::StreamSink& sink) {
          std::promise<void> over;
          std::atomic<bool> told = false;
          const auto end = [&] {
            if (!told.exchange(true)) over.set_value();
          };
          const auto stop_watch = stopping.on_cancel(end);
          const auto gone_watch = gone.on_cancel(end);
          sink.write("data: first\n\n");
          over.get_future().wait();
          sink.write("data: last\n\n");
          if (gone.cancelled()) left.set_value();
        });
  }
};

template <class Future>
bool soon(Future&& future) {
  return future.wait_for(5s) == std::future_status::ready;
}

http::Route stream_route(http::Stream stream) {
  return {
      .method = "GET",
      .pattern = "/writes",
      .handler = [stream](const Request&) -> Result<Response> { return http::stream_response("text/plain", stream); },
      .access = Access::Anyone};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(raw_connection)

BOOST_AUTO_TEST_CASE(one_connection_serves_many_requests) {
  RunningServer server(echo_routes());
  RawSocket client(server.port());
  for (int i = 0; i < 200; ++i) BOOST_REQUIRE(client.ask(get("/hello")).status == 200);
  BOOST_TEST(client.ask(get("/hello", "Connection: close\r\n")).header("Connection") == "close");
  BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
  RunningServer server(echo_routes());
  RawSocket client(server.port());
  client.send(get("/hello") + request("POST", "/echo", kJson, "[1]") + get("/nowhere") + get("/show"));
  BOOST_TEST(client.answer().body == "hello");
  BOOST_TEST(client.answer().has(R"("body":"[1]")"));
  BOOST_TEST(client.answer().status == 404);
  BOOST_TEST(client.answer().has(R"("method":"GET")"));
}

BOOST_AUTO_TEST_CASE(head_is_get_without_the_body) {
  RunningServer server(echo_routes());
  RawSocket client(server.port());
  client.send(request("HEAD", "/hello") + get("/hello"));
  const auto head = client.answer(/*to_head=*/true);
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.header("Content-Length") == "5");
  BOOST_TEST(client.answer().body == "hello");
}

BOOST_AUTO_TEST_CASE(http_1_0_gets_one_answer) {
  RunningServer server(echo_routes());
  RawSocket client(server.port());
  client.send("GET /hello HTTP/1.0\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(client.answer().body == "hello");
  BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(a_head_must_arrive_in_time_however_many_pieces_it_comes_in) {
  RunningServer server(echo_routes(), {.patience = {.head = 300ms}});
  RawSocket client(server.port());
  const auto begun = std::chrono::steady_clock::now();
  std::string answer;
  client.send("GET /hello HTTP/1.1\r\n");
  // Each read on its own is quick; only the sum is slow.
  while (client.send("X")) {
    std::this_thread::sleep_for(20ms);
    if (std::chrono::steady_clock::now() - begun > 600ms) break;
  }
  BOOST_TEST(client.answer().status == 408);
}

BOOST_AUTO_TEST_CASE(slow_heads_hold_nobody_up) {
  RunningServer server(echo_routes());
  std::vector<std::unique_ptr<RawSocket>> slow;
  for (int i = 0; i < 300; ++i) slow.emplace_back(std::make_unique<RawSocket>(server.port()))->send("GET /hello HT");
  RawSocket client(server.port());
  BOOST_TEST(client.ask(get("/hello")).status == 200);
  for (const auto& each : slow) each->send("TP/1.1\r\nHost: localhost\r\n\r\n");
  for (const auto& each : slow) BOOST_REQUIRE(each->answer().status == 200);
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_without_a_word) {
  RunningServer server(echo_routes(), {.patience = {.idle = 100ms}});
  RawSocket fresh(server.port());
  BOOST_TEST(fresh.rest() == "");
  RawSocket used(server.port());
  used.ask(get("/hello"));
  BOOST_TEST(used.rest() == "");
}

BOOST_AUTO_TEST_CASE(a_full_server_says_so_at_once_and_recovers) {
  RunningServer server(echo_routes(), {.max_connections = 2});
  auto first = std::make_unique<RawSocket>(server.port());
  RawSocket second(server.port());
  BOOST_TEST(first->ask(get("/hello")).status == 200);
  BOOST_TEST(second.ask(get("/hello")).status == 200);
  {
    RawSocket third(server.port());
    const auto answer = third.answer();
    BOOST_TEST(answer.status == 503);
    BOOST_TEST(answer.header("Retry-After") != "");
    BOOST_TEST(answer.has(R"("code":"rate_limited")"));
  }
  first->close();
  int status = 503;
  for (int tries = 0; status == 503 && tries < 1000; ++tries) {
    RawSocket next(server.port());
    status = next.ask(get("/hello")).status;
  }
  BOOST_TEST(status == 200);
}

BOOST_AUTO_TEST_CASE(running_streams_leave_room_for_plain_requests) {
  Waiting waiting;
  RunningServer server(waiting.routes(), {.max_connections = 4});
  std::vector<std::unique_ptr<RawSocket>> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(std::make_unique<RawSocket>(server.port()));
  for (int i = 0; i < 3; ++i) {
    clients[static_cast<std::size_t>(i)]->send(get("/streams"));
    BOOST_TEST(clients[static_cast<std::size_t>(i)]->some().find("200 OK") != std::string::npos);
  }
  BOOST_TEST(clients[3]->ask(get("/streams")).status == 503);
}

BOOST_AUTO_TEST_CASE(a_waiting_handler_learns_that_its_client_left) {
  Waiting waiting;
  RunningServer server(waiting.routes());
  {
    RawSocket client(server.port());
    client.send(get("/waits-for-its-client"));
    BOOST_REQUIRE(soon(waiting.entered.get_future()));
  }
  BOOST_TEST((waiting.left.get_future().wait_for(2s) == std::future_status::ready));
  waiting.released.set_value();
}

BOOST_AUTO_TEST_CASE(a_silent_stream_learns_that_its_client_left) {
  Waiting waiting;
  RunningServer server(waiting.routes());
  {
    RawSocket client(server.port());
    client.send(get("/streams"));
    while (client.some().find("first") == std::string::npos) {
    }
  }
  BOOST_TEST((waiting.left.get_future().wait_for(2s) == std::future_status::ready));
}

BOOST_AUTO_TEST_CASE(stopping_finishes_what_runs_and_takes_no_more) {
  Waiting waiting;
  RunningServer server(waiting.routes());
  RawSocket busy(server.port());
  RawSocket idle(server.port());
  idle.ask(get("/hello"));
  busy.send(get("/waits"));
  BOOST_REQUIRE(soon(waiting.entered.get_future()));
  server.stop();
  BOOST_TEST(idle.rest() == "");
  waiting.released.set_value();
  const auto answer = busy.answer();
  BOOST_TEST(answer.body == "done");
  BOOST_TEST(answer.header("Connection") == "close");
  server.wait_until_stopped();
  BOOST_CHECK_THROW(RawSocket(server.port()), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(stopping_lets_streams_say_a_last_word) {
  Waiting waiting;
  RunningServer server(waiting.routes());
  RawSocket client(server.port());
  client.send(get("/streams"));
  std::string seen = client.some();
  while (seen.find("first") == std::string::npos) seen += client.some();
  server.stop();
  seen += client.rest();
  BOOST_TEST(seen.find("data: last") != std::string::npos);
  BOOST_TEST(seen.ends_with("0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(what_outlasts_the_drain_is_cancelled) {
  Waiting waiting;
  RunningServer server(waiting.routes(), {.patience = {.drain = 100ms}});
  RawSocket client(server.port());
  client.send(get("/waits-for-its-client"));
  BOOST_REQUIRE(soon(waiting.entered.get_future()));
  server.stop();
  BOOST_TEST(soon(waiting.left.get_future()));
  waiting.released.set_value();
  server.wait_until_stopped();
}

// Regression: sockets were shut in the moment of cancelling, so that runs ended without a last event or a result.
BOOST_AUTO_TEST_CASE(what_is_cancelled_by_a_stop_is_still_answered) {
  for (const std::string target : {"/run", "/run-events"}) {
    std::promise<void> entered;
    RunningServer server(session_routes(entered), {.patience = {.drain = 100ms, .last_words = 50ms}});
    RawSocket client(server.port());
    client.send(get(target, kBearer));
    BOOST_REQUIRE(soon(entered.get_future()));
    server.stop();
    BOOST_TEST_CONTEXT(target) { BOOST_TEST(client.answer().has("cancelled")); }
    server.wait_until_stopped();
  }
}

BOOST_AUTO_TEST_CASE(a_second_stop_cancels_at_once_and_lets_answers_out) {
  std::promise<void> entered;
  RunningServer server(session_routes(entered), {.patience = {.drain = 1h}});
  RawSocket client(server.port());
  client.send(get("/run", kBearer));
  BOOST_REQUIRE(soon(entered.get_future()));
  server.stop();
  server.stop_now();
  BOOST_TEST(client.answer().body == "cancelled");
  server.wait_until_stopped();
}

// Regression: a run went on after its session had been ended.
BOOST_AUTO_TEST_CASE(the_end_of_a_session_cancels_what_runs_for_it) {
  std::promise<void> entered;
  RunningServer server(session_routes(entered));
  RawSocket running(server.port());
  running.send(get("/run-events", kBearer));
  BOOST_REQUIRE(soon(entered.get_future()));
  RawSocket leaving(server.port());
  BOOST_TEST(leaving.ask(request("POST", "/logout", kBearer)).status == 204);
  BOOST_TEST(running.answer().has("cancelled"));
  BOOST_TEST(running.rest() == "");
  // The request that ended the session is not cancelled itself: its connection stays.
  BOOST_TEST(leaving.ask(request("POST", "/logout", kBearer)).status == 204);
}

// Regression: a request that was looked up just before its session ended, and known just after, went on.
BOOST_AUTO_TEST_CASE(a_session_that_ends_while_a_request_of_it_begins_is_noticed) {
  std::promise<void> entered, looked_up, ended;
  std::atomic<bool> has_ended = false;
  const auto authenticate = [&](const Secret& token) -> Result<http::Session> {
    if (token.reveal() != "late") return good_token(token);
    if (has_ended) return Error{ErrorKind::Unauthenticated, "sign in again: this session has ended"};
    looked_up.set_value();
    ended.get_future().wait();
    return http::Session{base::UserId("ada"), base::SessionId("session-2")};
  };
  RunningServer server(session_routes(entered), {}, authenticate);
  RawSocket late(server.port());
  late.send(get("/run", "Authorization: Bearer late\r\n"));
  BOOST_REQUIRE(soon(looked_up.get_future()));
  RawSocket leaving(server.port());
  has_ended = true;
  BOOST_TEST(leaving.ask(request("POST", "/logout", kBearer)).status == 204);
  ended.set_value();
  BOOST_TEST(late.answer().status == 401);
}

// Regression: a client that read nothing held its worker and its answer for a time that grew with the answer, to hours.
BOOST_AUTO_TEST_CASE(a_client_that_reads_nothing_is_given_up_however_large_its_answer) {
  auto large = echo_routes();
  large.push_back({.method = "GET",
                   .pattern = "/large",
                   .handler = [](const Request&) -> Result<Response> {
                     return http::text_response(200, "text/plain", std::string(std::size_t{32} << 20, 'x'));
                   },
                   .access = Access::Anyone});
  RunningServer server(std::move(large), {.patience = {.write = 300ms}});
  RawSocket client(server.port());
  client.send(get("/large"));
  BOOST_REQUIRE(client.wait_readable());
  server.stop();
  const auto begun = std::chrono::steady_clock::now();
  server.wait_until_stopped();
  BOOST_TEST((std::chrono::steady_clock::now() - begun < 5s));
  BOOST_CHECK_THROW(client.answer(), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(what_a_stream_writes_comes_whole_however_large_its_pieces) {
  const std::string large = [] {
    std::string text;
    while (text.size() < std::size_t{5} << 20) text += std::to_string(text.size()) + ' ';
    return text;
  }();
  RunningServer server({stream_route([&](http::StreamSink& sink) -> Result<void> {
    for (const auto& piece : {std::string("small"), large, std::string(), std::string("end")}) sink.write(piece);
    return {};
  })});
  RawSocket client(server.port());
  for (int i = 0; i < 2; ++i) BOOST_TEST((client.ask(get("/writes")).body == "small" + large + "end"));
  RawSocket old(server.port());
  old.send("GET /writes HTTP/1.0\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(old.rest().ends_with("\r\n\r\nsmall" + large + "end"));
  BOOST_TEST(!old.was_reset());
}

// Regression: without chunks, what a stream lacked could not be seen.
BOOST_AUTO_TEST_CASE(a_stream_that_cannot_be_finished_is_seen_to_be_incomplete) {
  RunningServer server({stream_route([](http::StreamSink& sink) -> Result<void> {
    sink.write("the first part");
    return Error{ErrorKind::Internal, "the rest is damaged", "page 7 is damaged"};
  })});
  // Without chunks the end of the connection would be that of the answer.
  for (const std::string version : {"1.0", "1.1"}) {
    RawSocket client(server.port());
    client.send("GET /writes HTTP/" + version + "\r\nHost: localhost\r\n\r\n");
    const auto answer = client.rest();
    BOOST_TEST_CONTEXT(version) {
      BOOST_TEST(answer.find(" 200 OK") != std::string::npos);
      BOOST_TEST(!answer.ends_with("0\r\n\r\n"));
      BOOST_TEST(client.was_reset());
    }
  }
  BOOST_TEST(server.lines.has("page 7 is damaged"));
}

BOOST_AUTO_TEST_CASE(a_server_that_was_stopped_before_it_serves_does_not_serve) {
  LogLines lines;
  base::Log log = lines.log();
  const base::SystemClock clock;
  http::Server server({}, {}, {good_token, {}, log, clock});
  const auto port = server.bind();
  BOOST_REQUIRE(static_cast<bool>(port));
  server.stop();
  server.serve();
  BOOST_CHECK_THROW(RawSocket{*port}, std::runtime_error);
}

// The library asks the kernel to keep five; the sixth of a burst would wait for a second, and longer.
BOOST_AUTO_TEST_CASE(a_burst_of_new_clients_is_connected_before_anybody_accepts_them) {
  LogLines lines;
  base::Log log = lines.log();
  const base::SystemClock clock;
  http::Server server({}, {}, {good_token, {}, log, clock});
  const auto port = server.bind();
  BOOST_REQUIRE(static_cast<bool>(port));
  const auto begun = std::chrono::steady_clock::now();
  std::list<RawSocket> clients;
  for (int i = 0; i < 200; ++i) clients.emplace_back(*port);
  BOOST_TEST((std::chrono::steady_clock::now() - begun < 900ms));
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_named) {
  RunningServer server(echo_routes());
  base::Log log = server.lines.log();
  const base::SystemClock clock;
  http::Server second({.port = server.port()}, {}, {good_token, {}, log, clock});
  const auto bound = second.bind();
  BOOST_REQUIRE(!bound);
  BOOST_TEST(bound.error().public_text.find(std::to_string(server.port())) != std::string::npos);
  BOOST_TEST(bound.error().public_text.find("another program") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(plain_http_off_loopback_needs_a_public_origin) {
  LogLines lines;
  base::Log log = lines.log();
  const base::SystemClock clock;
  http::Server bare({.host = "0.0.0.0"}, {}, {good_token, {}, log, clock});
  BOOST_TEST(!bare.bind());
  http::Server behind_proxy({.host = "0.0.0.0", .public_origin = "https://keys.example"}, {},
                            {good_token, {}, log, clock});
  BOOST_TEST(static_cast<bool>(behind_proxy.bind()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::test
