// Simulator: an HTTP server that answers as OpenAI, Anthropic and Gemini do, without a network, an account or a cost.
//
// Runs on its own threads from start() until it is destroyed. Keys of the documented prefixes are accepted; a fault
// (see fault.h) is chosen by the key or by the prompt. Answers are the same every time.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/provider_sim/request_log.h"
#include "tests/provider_sim/wire.h"

namespace httplib {
struct Request;
struct Response;
}  // namespace httplib

namespace ownkey::provider_sim {

struct SimulatorOptions {
  std::string address = "127.0.0.1";
  int port = 0;                              // 0 picks a free one
  std::chrono::milliseconds delay{0};        // before each answer
  std::chrono::milliseconds chunk_delay{0};  // between the events of a stream
};

class Simulator {
 public:
  // The log must outlive the simulator.
  Simulator(SimulatorOptions options, RequestLog& log);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  // False when the address is taken or not ours.
  bool start();
  int port() const { return port_; }
  // "http://127.0.0.1:18080"
  std::string origin() const;

  // One key that works for each provider.
  static std::vector<std::string> example_keys();

 private:
  class Server;

  void add_routes();
  void list_models(const Wire& wire, const httplib::Request& request, httplib::Response& response);
  void chat(const Wire& wire, const httplib::Request& request, httplib::Response& response,
            const std::string& model = {}, bool stream = false);
  void count_tokens(const Wire& wire, const httplib::Request& request, httplib::Response& response);

  // The call, or the error that was answered instead.
  std::optional<Call> accept(const Wire& wire, const httplib::Request& request, httplib::Response& response);
  std::optional<Call> read_body(const Wire& wire, const httplib::Request& request, httplib::Response& response,
                                Call call);
  void answer(const Wire& wire, const httplib::Request& request, httplib::Response& response, const Call& call);
  void answer_stream(const Wire& wire, httplib::Response& response, const Call& call, Fault fault);
  bool answer_oddly(const Wire& wire, const httplib::Request& request, httplib::Response& response, const Call& call,
                    Fault fault);
  void send(const Wire& wire, const httplib::Request& request, httplib::Response& response, const Call& call,
            const Reply& reply);

  bool first_time(const std::string& what);
  void stall(const httplib::Request& request);
  void pause(std::chrono::milliseconds duration);
  void note(const Wire& wire, const httplib::Request& request, const Call& call, int status);

  const SimulatorOptions options_;
  RequestLog& log_;
  std::unique_ptr<Wire> openai_ = openai_wire();
  std::unique_ptr<Wire> anthropic_ = anthropic_wire();
  std::unique_ptr<Wire> google_ = google_wire();
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> next_id_{1};
  std::mutex seen_mutex_;
  std::map<std::string, int> seen_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  int port_ = 0;
};

}  // namespace ownkey::provider_sim
