// ApiClient: a program that uses the JSON API, as one user.
#pragma once

#include <httplib.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "shared/json.h"

namespace ownkey::test {

struct ApiAnswer {
  int status = 0;
  httplib::Headers headers;
  std::string text;

  json body() const { return json::parse(text, nullptr, false); }
  std::string code() const { return body().value("code", ""); }
  std::string field() const { return body().value("field", ""); }
  std::string detail() const { return body().value("detail", ""); }
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

class ApiClient {
 public:
  explicit ApiClient(int port) : http_("127.0.0.1", port) {
    http_.set_keep_alive(true);
    http_.set_read_timeout(30);
  }

  // Signs up a new user and speaks as them from then on.
  static ApiClient of_new_user(int port, const std::string& name) {
    ApiClient client(port);
    const auto answer =
        client.post("/api/auth/register", {{"email", name + "@example.com"}, {"password", "correct horse"}});
    if (answer.status != 201) throw std::runtime_error("sign-up failed: " + answer.text);
    client.use_token(answer.body().at("access_token"));
    return client;
  }

  void use_token(const std::string& token) { token_ = token; }
  const std::string& token() const { return token_; }

  ApiAnswer get(const std::string& path) { return send("GET", path); }
  ApiAnswer remove(const std::string& path) { return send("DELETE", path); }
  ApiAnswer post(const std::string& path, const json& body) { return send("POST", path, body.dump()); }
  ApiAnswer post(const std::string& path) { return send("POST", path); }
  ApiAnswer put(const std::string& path, const json& body) { return send("PUT", path, body.dump()); }

  ApiAnswer patch(const std::string& path, const json& body) { return send("PATCH", path, body.dump()); }

  ApiAnswer send(const std::string& method, const std::string& path, const std::string& body = {},
                 httplib::Headers headers = {}) {
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = std::move(headers);
    if (!token_.empty() && !request.has_header("Cookie")) request.set_header("Authorization", "Bearer " + token_);
    if (!body.empty() && !request.has_header("Content-Type")) request.set_header("Content-Type", "application/json");
    const auto result = http_.send(request);
    if (!result) throw std::runtime_error(method + " " + path + ": " + httplib::to_string(result.error()));
    return {result->status, result->headers, result->body};
  }

  ApiAnswer save_key(const std::string& provider, const std::string& key) {
    return post("/api/settings/credentials", {{"provider", provider}, {"api_key", key}});
  }

 private:
  httplib::Client http_;
  std::string token_;
};

// A workflow that asks one model.
inline json ask_workflow(const std::string& model = "gpt-3.5-turbo") {
  return {{"name", "Ask a model"},
          {"canvas_state",
           {{"nodes",
             {{{"id", "in"}, {"type", "input"}, {"data", {{"input", "hello"}}}},
              {{"id", "ask"}, {"type", "llm"}, {"data", {{"model", model}}}},
              {{"id", "out"}, {"type", "output"}}}},
            {"edges", {{{"source", "in"}, {"target", "ask"}}, {{"source", "ask"}, {"target", "out"}}}}}}};
}

}  // namespace ownkey::test
