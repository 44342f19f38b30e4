#include "server/http/message.h"

#include <algorithm>
#include <stdexcept>

#include "shared/text.h"

namespace ownkey::http {
namespace {

const std::string* find_name(const Pairs& pairs, std::string_view name) {
  const auto found = std::ranges::find_if(pairs, [&](const auto& pair) { return same_name(pair.first, name); });
  return found == pairs.end() ? nullptr : &found->second;
}

std::optional<std::string_view> view_of(const std::string* value) {
  if (!value) return std::nullopt;
  return *value;
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
  return view_of(find_name(headers, name));
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &Pairs::value_type::first);
  if (found == query.end()) return std::nullopt;
  return found->second;
}

const std::string& Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(path_parameters, name, &Pairs::value_type::first);
  if (found == path_parameters.end()) throw std::logic_error("the route has no parameter " + std::string(name));
  return found->second;
}

const Session& Request::caller() const {
  if (!session) throw std::logic_error("the route does not ask for a session");
  return *session;
}

base::Client Request::client() const {
  return {address, std::string(header("User-Agent").value_or("").substr(0, base::kMaxAgentBytes)),
          session ? session->session : base::SessionId()};
}

base::CancelToken Request::client_left() const { return watch_client ? watch_client() : base::CancelToken(); }

std::optional<std::string_view> Response::header(std::string_view name) const {
  return view_of(find_name(headers, name));
}

void Response::set_header(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& pair) { return same_name(pair.first, name); });
  headers.emplace_back(name, std::move(value));
}

Response json_response(int status, const json& body) {
  return text_response(status, "application/json", dump_json(body));
}

Response text_response(int status, std::string content_type, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.emplace_back("Content-Type", std::move(content_type));
  return response;
}

Response no_content() { return {.status = 204}; }

Response redirect(std::string location) {
  Response response{.status = 303};
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

Response stream_response(std::string content_type, Stream stream) {
  Response response{.stream = std::move(stream)};
  response.headers.emplace_back("Content-Type", std::move(content_type));
  return response;
}

Response event_stream(std::function<void(StreamSink&)> stream) {
  auto response = stream_response("text/event-stream", [stream = std::move(stream)](StreamSink& sink) -> Result<void> {
    stream(sink);
    return {};
  });
  // nginx would otherwise collect the events before it passes them on.
  response.headers.emplace_back("X-Accel-Buffering", "no");
  return response;
}

}  // namespace ownkey::http
