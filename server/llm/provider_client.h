// ProviderClient: one provider's wire format. Pure functions over messages: no network, no key, no state, so that they
// can be tested and fuzzed byte by byte, and used from several threads at once.
//
// Sources: OpenAI's openapi.yaml (2026-08), Anthropic's Python SDK 0.121, Google's python-genai 2.19. Unknown fields of
// an answer are ignored; a field that we need and do not find is a provider_error.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/llm/chat.h"
#include "server/llm/http_message.h"
#include "server/llm/sse_reader.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

enum class Streamed { No, Yes };

// Puts a streamed answer together.
class AnswerStream {
 public:
  virtual ~AnswerStream() = default;
  // An error event is an error, also after a 200.
  virtual Result<void> take(const SseEvent& event) = 0;
  // The whole answer. An error when the stream broke off before its end.
  virtual Result<ChatAnswer> finish() = 0;
};

struct ModelPage {
  std::vector<Model> models;
  std::string next;  // names the page after this one; empty when this was the last
};

class ProviderClient {
 public:
  virtual ~ProviderClient() = default;

  virtual KeyHeader key_header() const = 0;

  virtual HttpRequest chat(const ChatRequest& request, Streamed streamed) const = 0;
  virtual Result<ChatAnswer> read_answer(const HttpAnswer& answer) const = 0;
  virtual std::unique_ptr<AnswerStream> read_stream(OnDelta on_delta) const = 0;

  // Costs no tokens.
  virtual HttpRequest list_models(const std::string& page) const = 0;
  virtual Result<ModelPage> read_models(const HttpAnswer& answer) const = 0;

  // What an answer with an error status means. The model is named in the text for the person.
  virtual Error read_error(const HttpAnswer& answer, std::string_view model) const = 0;

  virtual std::string request_id(const HttpAnswer& answer) const = 0;
};

// The client of a provider; never null.
std::unique_ptr<ProviderClient> make_provider_client(Provider provider);

}  // namespace ownkey::llm
