// Wire: one provider's wire format, as the simulator speaks it. Pure: what to answer, without any network.
//
// A call is read from its JSON, and answered whole, as stream events, or with one of the provider's own errors.
// Shapes are those of the providers' documentation and SDKs: OpenAI's openapi.yaml (2026-08), the Anthropic Python SDK
// 0.121, Google's python-genai 2.19.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/json.h"
#include "shared/provider.h"
#include "tests/provider_sim/fault.h"

namespace ownkey::provider_sim {

// A tool that the model calls.
struct ToolRequest {
  std::string name;
  json arguments;
};

struct Call {
  std::string key;
  std::string model;
  std::string prompt;           // the text of the last turn
  std::size_t input_bytes = 0;  // of all turns, for counting tokens
  bool stream = false;
  bool include_usage = true;               // OpenAI sends usage in a stream only when asked to
  std::optional<std::string> tool;         // the first tool that is offered
  std::optional<std::string> tool_result;  // the last turn brings a tool's result, or several
  std::string task;                        // the text of the last turn in which a person speaks
  std::size_t rounds = 0;                  // turns with tool calls since then
  std::string id;                          // unique per request
};

struct Answer {
  std::string text;
  std::vector<ToolRequest> calls;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
};

struct Header {
  std::string name;
  std::string value;
};

struct Reply {
  int status = 200;
  json body;
  std::vector<Header> headers = {};
};

// Which part of the list of models is asked for.
struct PageRequest {
  std::size_t limit = 0;  // 0 for all
  std::string after;      // the last model of the page before; empty for the first page
};

// The headers of a request, by name in any case; empty when absent.
class HeaderReader {
 public:
  virtual ~HeaderReader() = default;
  virtual std::string header(std::string_view name) const = 0;
};

// The token of "Authorization: Bearer …"; empty when there is none.
inline std::string bearer_token(const HeaderReader& headers) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string value = headers.header("authorization");
  return value.starts_with(kBearer) ? value.substr(kBearer.size()) : "";
}

// Puts another tool's result beside those that are there.
inline void add_result(std::optional<std::string>& results, const std::string& result) {
  results = results ? *results + "; " + result : result;
}

class Wire {
 public:
  virtual ~Wire() = default;

  virtual Provider provider() const = 0;
  virtual std::vector<std::string> key_prefixes() const = 0;
  virtual std::vector<std::string> models() const = 0;
  virtual std::string request_id_header() const = 0;

  // The key as it was sent; empty when there is none.
  virtual std::string key_of(const HeaderReader& headers) const = 0;
  // What is wrong with the headers themselves, beside the key's validity.
  virtual std::optional<Reply> header_error(const HeaderReader& headers) const = 0;
  // What is wrong with the body; nothing when read_call may read it.
  virtual std::optional<Reply> body_error(const json& body) const = 0;
  virtual Call read_call(const json& body) const = 0;

  virtual Reply error(Fault fault, const Call& call) const = 0;
  virtual json whole_answer(const Call& call, const Answer& answer) const = 0;
  // Each entry is one event with its blank line.
  virtual std::vector<std::string> stream_events(const Call& call, const Answer& answer) const = 0;
  // The event that tells of an error after a 200.
  virtual std::string error_event(const Call& call) const = 0;
  virtual json model_list(const PageRequest& page) const = 0;
};

std::unique_ptr<Wire> openai_wire();
std::unique_ptr<Wire> anthropic_wire();
std::unique_ptr<Wire> google_wire();

}  // namespace ownkey::provider_sim
