#include "tests/provider_sim/simulator.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>

#include "tests/provider_sim/answer.h"
#include "tests/provider_sim/elastic_pool.h"

namespace ownkey::provider_sim {
namespace {

constexpr int kBacklog = 4096;

class RequestHeaders final : public HeaderReader {
 public:
  explicit RequestHeaders(const httplib::Request& request) : request_(request) {}
  std::string header(std::string_view name) const override { return request_.get_header_value(std::string(name)); }

 private:
  const httplib::Request& request_;
};

bool has_known_prefix(const Wire& wire, const std::string& key) {
  return std::ranges::any_of(wire.key_prefixes(), [&](const auto& prefix) { return key.starts_with(prefix); });
}

bool knows_model(const Wire& wire, const std::string& model) {
  const auto models = wire.models();
  return std::ranges::find(models, model) != models.end();
}

std::string request_id(std::uint64_t number) {
  std::string text = std::to_string(number);
  return std::string(12 - std::min<std::size_t>(text.size(), 12), '0') + text;
}

PageRequest page_request(const httplib::Request& request) {
  PageRequest page;
  for (const auto* name : {"limit", "pageSize"})
    if (request.has_param(name)) page.limit = std::strtoul(request.get_param_value(name).c_str(), nullptr, 10);
  for (const auto* name : {"after_id", "pageToken"})
    if (request.has_param(name)) page.after = request.get_param_value(name);
  return page;
}

}  // namespace

class Simulator::Server : public httplib::Server {
 public:
  // The library asks for a queue of five, which a burst of clients overflows.
  void widen_backlog() { ::listen(svr_sock_, kBacklog); }
};

Simulator::Simulator(SimulatorOptions options, RequestLog& log) : options_(std::move(options)), log_(log) {}

Simulator::~Simulator() {
  stopping_ = true;
  if (server_) server_->stop();
  if (thread_.joinable()) thread_.join();
}

bool Simulator::start() {
  server_ = std::make_unique<Server>();
  server_->new_task_queue = [] { return new ElasticPool; };
  server_->set_keep_alive_max_count(1'000'000);
  server_->set_keep_alive_timeout(60);
  add_routes();
  if (options_.port == 0) port_ = server_->bind_to_any_port(options_.address);
  else port_ = server_->bind_to_port(options_.address, options_.port) ? options_.port : -1;
  if (port_ <= 0) return false;
  server_->widen_backlog();
  thread_ = std::thread([this] { server_->listen_after_bind(); });
  server_->wait_until_ready();
  return true;
}

std::string Simulator::origin() const { return "http://" + options_.address + ":" + std::to_string(port_); }

std::vector<std::string> Simulator::example_keys() {
  return {"sk-sim-openai-Vw7mQx2cTz9LrYb4", "sk-ant-sim-Hd8sKf3jWn6PqXu1", "AQ.sim-Ge5tRy9uIo2AlZc7"};
}

void Simulator::add_routes() {
  using httplib::Request;
  using httplib::Response;
  server_->Get("/v1/models", [this](const Request& request, Response& response) {
    // OpenAI and Anthropic share this path; only Anthropic's clients send a version.
    const bool is_anthropic = request.has_header("anthropic-version") || request.has_header("x-api-key");
    list_models(is_anthropic ? *anthropic_ : *openai_, request, response);
  });
  server_->Get("/v1beta/models",
               [this](const Request& request, Response& response) { list_models(*google_, request, response); });
  server_->Post("/v1/chat/completions",
                [this](const Request& request, Response& response) { chat(*openai_, request, response); });
  server_->Post("/v1/messages",
                [this](const Request& request, Response& response) { chat(*anthropic_, request, response); });
  server_->Post("/v1/messages/count_tokens",
                [this](const Request& request, Response& response) { count_tokens(*anthropic_, request, response); });
  server_->Post("/v1beta/models/:call", [this](const Request& request, Response& response) {
    const std::string call = request.path_params.at("call");
    const auto colon = call.rfind(':');
    const std::string method = colon == std::string::npos ? "" : call.substr(colon + 1);
    if (method == "generateContent") return chat(*google_, request, response, call.substr(0, colon));
    if (method == "streamGenerateContent") return chat(*google_, request, response, call.substr(0, colon), true);
    response.status = 404;
  });
}

void Simulator::list_models(const Wire& wire, const httplib::Request& request, httplib::Response& response) {
  const auto call = accept(wire, request, response);
  if (!call) return;
  if (fault_in_key(call->key) == Fault::Restricted)
    return send(wire, request, response, *call, wire.error(Fault::Restricted, *call));
  send(wire, request, response, *call, {200, wire.model_list(page_request(request))});
}

void Simulator::chat(const Wire& wire, const httplib::Request& request, httplib::Response& response,
                     const std::string& model, bool stream) {
  auto call = accept(wire, request, response);
  if (call) call = read_body(wire, request, response, std::move(*call));
  if (!call) return;
  if (!model.empty()) call->model = model;
  call->stream = call->stream || stream;
  answer(wire, request, response, *call);
}

void Simulator::count_tokens(const Wire& wire, const httplib::Request& request, httplib::Response& response) {
  const auto call = accept(wire, request, response);
  if (!call) return;
  send(wire, request, response, *call, {200, {{"input_tokens", provider_sim::count_tokens(request.body.size())}}});
}

std::optional<Call> Simulator::accept(const Wire& wire, const httplib::Request& request, httplib::Response& response) {
  const RequestHeaders headers(request);
  Call call;
  call.id = request_id(next_id_++);
  call.key = wire.key_of(headers);
  pause(options_.delay);
  if (const auto error = wire.header_error(headers)) {
    send(wire, request, response, call, *error);
    return std::nullopt;
  }
  if (!has_known_prefix(wire, call.key)) {
    send(wire, request, response, call, wire.error(Fault::Rejected, call));
    return std::nullopt;
  }
  const Fault fault = fault_in_key(call.key);
  if (answer_oddly(wire, request, response, call, fault)) return std::nullopt;
  const bool flaky_once = fault == Fault::Flaky && !first_time(call.key);
  if (fault != Fault::None && fault != Fault::Restricted && !flaky_once) {
    send(wire, request, response, call, wire.error(fault, call));
    return std::nullopt;
  }
  return call;
}

std::optional<Call> Simulator::read_body(const Wire& wire, const httplib::Request& request, httplib::Response& response,
                                         Call call) {
  auto body = parse_json(request.body);
  if (!body || !body->is_object()) {
    send(wire, request, response, call, wire.error(Fault::InvalidRequest, call));
    return std::nullopt;
  }
  if (const auto error = wire.body_error(*body)) {
    send(wire, request, response, call, *error);
    return std::nullopt;
  }
  Call read = wire.read_call(*body);
  read.id = std::move(call.id);
  read.key = std::move(call.key);
  return read;
}

void Simulator::answer(const Wire& wire, const httplib::Request& request, httplib::Response& response,
                       const Call& call) {
  Fault fault = fault_in_prompt(call.prompt);
  if (!knows_model(wire, call.model)) fault = Fault::ModelNotFound;
  if (fault == Fault::Flaky && !first_time(call.key + call.prompt)) fault = Fault::None;
  if (answer_oddly(wire, request, response, call, fault)) return;

  constexpr std::array kAnswered{Fault::None, Fault::SayKey, Fault::Tool};
  constexpr std::array kBrokenOff{Fault::ErrorInStream, Fault::Cut, Fault::StallInStream};
  const bool breaks_off = std::ranges::find(kBrokenOff, fault) != kBrokenOff.end();
  if (!breaks_off && std::ranges::find(kAnswered, fault) == kAnswered.end())
    return send(wire, request, response, call, wire.error(fault, call));
  if (call.stream || breaks_off) {
    note(wire, request, call, 200);
    return answer_stream(wire, response, call, fault);
  }
  send(wire, request, response, call, {200, wire.whole_answer(call, answer_to(call, fault))});
}

void Simulator::answer_stream(const Wire& wire, httplib::Response& response, const Call& call, Fault fault) {
  auto events = std::make_shared<std::vector<std::string>>(wire.stream_events(call, answer_to(call, fault)));
  if (fault == Fault::ErrorInStream) events->at(events->size() / 2) = wire.error_event(call);
  if (!wire.request_id_header().empty()) response.set_header(wire.request_id_header(), "req_" + call.id);
  auto next = std::make_shared<std::size_t>(0);
  response.set_chunked_content_provider("text/event-stream", [=, this](std::size_t, httplib::DataSink& sink) {
    const bool at_half = *next == events->size() / 2;
    if (fault == Fault::Cut && at_half) return false;
    while (fault == Fault::StallInStream && at_half) {
      pause(std::chrono::milliseconds(20));
      if (stopping_ || !sink.is_writable()) return false;
    }
    if (*next == events->size() || (fault == Fault::ErrorInStream && *next > events->size() / 2)) {
      sink.done();
      return true;
    }
    if (*next > 0) pause(options_.chunk_delay);
    const std::string& event = events->at((*next)++);
    return sink.write(event.data(), event.size());
  });
}

// The answers that are no provider's own: nothing at all, a web page, something without an end.
bool Simulator::answer_oddly(const Wire& wire, const httplib::Request& request, httplib::Response& response,
                             const Call& call, Fault fault) {
  constexpr std::array kOdd{Fault::Stall, Fault::Html, Fault::Redirect, Fault::Flood, Fault::LongLine};
  if (std::ranges::find(kOdd, fault) == kOdd.end()) return false;
  note(wire, request, call, fault == Fault::Stall ? 0 : fault == Fault::Redirect ? 302 : 200);
  const auto endless = [&](std::string piece) {
    response.set_chunked_content_provider("text/event-stream", [piece](std::size_t, httplib::DataSink& sink) {
      return sink.write(piece.data(), piece.size());
    });
  };
  if (fault == Fault::Stall) stall(request);
  if (fault == Fault::Html) response.set_content("<!doctype html><title>Sign in</title><p>Welcome", "text/html");
  if (fault == Fault::Redirect) response.set_redirect("http://127.0.0.1:1/elsewhere");
  if (fault == Fault::Flood) endless(": " + std::string(16'000, '.') + "\n\n");
  if (fault == Fault::LongLine) endless(std::string(16'000, 'x'));
  return true;
}

void Simulator::send(const Wire& wire, const httplib::Request& request, httplib::Response& response, const Call& call,
                     const Reply& reply) {
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  if (!wire.request_id_header().empty()) response.set_header(wire.request_id_header(), "req_" + call.id);
  response.set_content(dump_json(reply.body), "application/json");
  note(wire, request, call, reply.status);
}

bool Simulator::first_time(const std::string& what) {
  const std::lock_guard lock(seen_mutex_);
  return seen_[what]++ == 0;
}

void Simulator::stall(const httplib::Request& request) {
  while (!stopping_ && !request.is_connection_closed()) pause(std::chrono::milliseconds(20));
}

void Simulator::pause(std::chrono::milliseconds duration) {
  if (duration.count() > 0) std::this_thread::sleep_for(duration);
}

void Simulator::note(const Wire& wire, const httplib::Request& request, const Call& call, int status) {
  log_.add({wire.provider(), request.method, request.target, status, call.key, call.model, call.stream});
}

}  // namespace ownkey::provider_sim
