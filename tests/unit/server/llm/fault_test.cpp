// Providers that misbehave: each call ends in time with an error of a known kind, the memory stays flat, and calls of
// other people go on meanwhile.
#include <httplib.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <functional>
#include <future>

#include "tests/support/llm_fixture.h"
#include "tests/support/raw_server.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_certificate.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;
// An answer may be 32 MiB; this is it, kept and read, with some room. Sanitizers keep what was given back.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kFlat = 2048 * kMegabyte;
#else
constexpr std::size_t kFlat = 160 * kMegabyte;
#endif

const std::string kSseHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
const std::string kSseEvent = R"(data: {"choices":[{"index":0,"delta":{"content":"hi "}}]})"
                              "\n\n";

std::string json_answer(std::string_view body, std::string_view length) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::string(length) + "\r\n\r\n" +
         std::string(body);
}

void send_endlessly(RawConnection& connection, const std::string& piece) {
  const std::string pieces = [&] {
    std::string many;
    while (many.size() < kMegabyte) many += piece;
    return many;
  }();
  for (std::size_t sent = 0; sent < 1024 * kMegabyte && connection.try_send(pieces); sent += pieces.size()) continue;
}

void drip(RawConnection& connection, std::string_view piece) {
  while (!connection.wait_for_close(20) && connection.try_send(piece)) continue;
}

struct Fault {
  const char* name;
  std::function<void(RawConnection&)> answer;  // after the request's head
  std::vector<ErrorKind> kinds;
};

const std::vector<Fault>& faults() {
  using enum ErrorKind;
  static const std::vector<Fault> all{
      {"stall", [](auto& to) { to.wait_for_close(10'000); }, {ProviderTimeout}},
      {"drip in the head",
       [](auto& to) {
         to.send("HTTP/1.1 200 OK\r\n");
         drip(to, "X-Drip: 1\r\n");
       },
       {ProviderTimeout, ProviderUnreachable}},
      {"drip in the body",
       [](auto& to) {
         to.send(kSseHead);
         drip(to, ":");
       },
       {ProviderTimeout}},
      {"stall in the middle",
       [](auto& to) {
         to.send(kSseHead + kSseEvent);
         to.wait_for_close(10'000);
       },
       {ProviderTimeout}},
      {"a gigabyte of events",
       [](auto& to) {
         to.send(kSseHead);
         send_endlessly(to, kSseEvent);
       },
       {ProviderError, ProviderTimeout}},
      {"a gigabyte of JSON",
       [](auto& to) {
         to.send(json_answer("", "1073741824"));
         send_endlessly(to, std::string(4096, '['));
       },
       {ProviderError}},
      {"a line of 50 MB",
       [](auto& to) {
         to.send(kSseHead + "data: ");
         for (int i = 0; i < 50 && to.try_send(std::string(kMegabyte, 'x')); ++i) continue;
       },
       {ProviderError}},
      {"a header line without an end",
       [](auto& to) {
         to.send("HTTP/1.1 200 OK\r\nX-Long: ");
         send_endlessly(to, "x");
       },
       {ProviderError, ProviderUnreachable}},
      {"a chunk size without an end",
       [](auto& to) {
         to.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
         send_endlessly(to, "0");
       },
       {ProviderError, ProviderUnreachable}},
      {"interim answers without an end",
       [](auto& to) { send_endlessly(to, "HTTP/1.1 100 Continue\r\n\r\n"); },
       {ProviderError, ProviderUnreachable}},
      {"reset before the answer", [](auto& to) { to.reset(); }, {ProviderUnreachable}},
      {"reset in an event",
       [](auto& to) {
         to.send(kSseHead + kSseEvent + "data: {\"cho");
         to.reset();
       },
       {ProviderError, ProviderUnreachable}},
      {"a body shorter than said", [](auto& to) { to.send(json_answer(R"({"choices":[)", "4000")); }, {ProviderError}},
      {"a body longer than said",
       [](auto& to) { to.send(json_answer(R"({"choices":[{"message":{"content":"hi"}}]})", "10")); },
       {ProviderError}},
      {"a length that is none",
       [](auto& to) { to.send(json_answer("{}", "99999999999999999999999")); },
       {ProviderError, ProviderUnreachable}},
      {"chunks that are none",
       [](auto& to) { to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n"); },
       {ProviderError, ProviderUnreachable}},
      {"a web page",
       [](auto& to) {
         to.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n<!doctype html>Hello!");
       },
       {ProviderError}},
      {"an endless 429",
       [](auto& to) {
         do to.send("HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\n\r\n");
         while (!to.read_head().empty());
       },
       {ProviderRateLimited}},
      {"a 429 that asks for a year",
       [](auto& to) { to.send("HTTP/1.1 429 Slow Down\r\nRetry-After: 31536000\r\nContent-Length: 0\r\n\r\n"); },
       {ProviderRateLimited}},
      {"a redirect",
       [](auto& to) { to.send("HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"); },
       {ProviderError}},
      {"no HTTP", [](auto& to) { to.send("SSH-2.0-OpenSSH_9.2\r\n"); }, {ProviderError, ProviderUnreachable}},
  };
  return all;
}

std::size_t memory_in_use() {
  std::ifstream stream("/proc/self/statm");
  std::size_t size = 0, resident = 0;
  stream >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// The most that was in use while this lived.
class MemoryWatch {
 public:
  std::size_t grown() const { return most_ > before_ ? most_ - before_ : 0; }

 private:
  const std::size_t before_ = memory_in_use();
  std::atomic<std::size_t> most_ = 0;
  std::jthread watcher_{[this](const std::stop_token& stop) {
    for (; !stop.stop_requested(); std::this_thread::sleep_for(milliseconds(5)))
      most_ = std::max(most_.load(), memory_in_use());
  }};
};

struct Fixture : LlmFixture {
  // OpenAI is the misbehaving one; Anthropic is well.
  std::unique_ptr<LlmService> service_at(int port) {
    LlmOptions options;
    options.endpoints = {"http://127.0.0.1:" + std::to_string(port), simulator.origin(), simulator.origin()};
    options.timeouts = {.first_byte = milliseconds(400), .gap = milliseconds(400), .total = seconds(3)};
    options.retries.first_wait = milliseconds(1);
    return value_of(LlmService::create(std::move(options), home.vault, home.users, home.late, home.clock, log));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(faults_of_providers, Fixture)

BOOST_AUTO_TEST_CASE(each_ends_in_time_with_a_known_error_while_others_go_on) {
  const auto ada = home.add_user(), bob = home.add_user();
  home.save(ada, Provider::OpenAi, kOpenAiKey);
  home.save(bob, Provider::Anthropic, kAnthropicKey);
  for (const auto& fault : faults())
    for (const bool streamed : {true, false}) {
      RawServer bad([&](RawConnection& connection) {
        if (!connection.read_head().empty()) fault.answer(connection);
      });
      const auto llm = service_at(bad.port());
      const MemoryWatch memory;
      const auto start = steady_clock::now();
      auto call = std::async(std::launch::async, [&] {
        return llm->for_user(ada).chat(ask("gpt-5.5", "hello"),
                                       {.on_delta = streamed ? OnDelta([](std::string_view) {}) : OnDelta()});
      });
      const auto others_start = steady_clock::now();
      BOOST_TEST(bool(llm->for_user(bob).chat(ask("claude-opus-5", "hello"), {}).answer), fault.name);
      BOOST_TEST((steady_clock::now() - others_start < seconds(5)), fault.name);
      const auto outcome = call.get();
      BOOST_TEST((steady_clock::now() - start < seconds(15)), fault.name);
      BOOST_REQUIRE_MESSAGE(!outcome.answer, fault.name);
      const auto kind = outcome.answer.error().kind;
      BOOST_TEST((std::ranges::find(fault.kinds, kind) != fault.kinds.end()),
                 fault.name << (streamed ? " (streamed)" : "") << ": " << code_of(kind));
      BOOST_TEST(memory.grown() < kFlat, fault.name << ": " << memory.grown() / kMegabyte << " MiB");
    }
}

BOOST_AUTO_TEST_CASE(an_endless_429_is_asked_three_times) {
  int asked = 0;
  RawServer limited([&](RawConnection& connection) {
    while (!connection.read_head().empty()) {
      ++asked;
      connection.send("HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
  });
  const auto llm = service_at(limited.port());
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_TEST(!llm->for_user(user).chat(ask("gpt-5.5", "hello"), {}).answer);
  BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_name_gets_no_key) {
  const TestCertificate certificate("elsewhere.example.com");
  const TempFolder folder;
  certificate.write_pem(folder / "ca.pem");
  std::atomic<int> asked = 0;
  httplib::SSLServer server(certificate.x509(), certificate.key());
  server.Post(".*", [&](const httplib::Request&, httplib::Response&) { ++asked; });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread listening([&] { server.listen_after_bind(); });
  server.wait_until_ready();

  LlmOptions options;
  options.endpoints = {"https://localhost:" + std::to_string(port)};
  options.ca_file = folder / "ca.pem";
  const auto llm = value_of(LlmService::create(std::move(options), home.vault, home.users, home.late, home.clock, log));
  const auto user = home.add_user();
  home.save(user, Provider::OpenAi, kOpenAiKey);
  const auto outcome = llm->for_user(user).chat(ask("gpt-5.5", "hello"), {});
  BOOST_REQUIRE(!outcome.answer);
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(holds(outcome.answer.error().public_text, "certificate"));
  BOOST_TEST(asked == 0);
  server.stop();
  listening.join();
}

BOOST_AUTO_TEST_SUITE_END()
