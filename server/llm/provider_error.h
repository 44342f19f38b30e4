// Providers' errors in our words. Each provider's file says which class an error belongs to; the texts that tell the
// person what to do are here, once. Providers' own words go to the log, and to the person only where no class fits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/llm/http_message.h"
#include "shared/json.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

// An error as a provider tells it.
struct Complaint {
  int status = 0;       // the HTTP status; of an event in a stream: the status that would have been sent
  std::string type;     // OpenAI's and Anthropic's type, Gemini's status
  std::string code;     // OpenAI's code, Gemini's reason
  std::string message;  // the provider's own words: may echo the key, so scrub before use
  std::optional<int> retry_after_s = {};
};

// The Error of a class of complaint.
Error explain(Provider provider, ErrorKind kind, const Complaint& complaint, std::string_view model = {});

// An answer that is not what this provider's API sends: a proxy's page, a redirect, broken JSON.
Error not_the_api(Provider provider, const HttpAnswer& answer);
Error broken_off(Provider provider);

// The class that a bare status suggests, when the body says nothing more exact.
ErrorKind kind_of_status(int status);

// How long the provider asks to wait: retry-after-ms, or retry-after in seconds. Dates are not read.
std::optional<int> retry_after(const HttpAnswer& answer);

bool contains(std::string_view text, std::string_view part);

// Members of JSON that someone else made: the value when it is there and of that type, else the empty value.
std::string text_at(const json& object, std::string_view name);
std::int64_t number_at(const json& object, std::string_view name);
// A number of tokens, within what a call can use: what is added up must not run over.
std::int64_t tokens_at(const json& object, std::string_view name);
const json& object_at(const json& object, std::string_view name);
const json& list_at(const json& object, std::string_view name);

}  // namespace ownkey::llm
