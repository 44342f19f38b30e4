// What the simulator is asked to get wrong. A fault is chosen by the key ("sk-sim-openai-no-credit-1") or by a phrase
// in the prompt ("[sim:no-credit]"); one list of names serves both, and `--help` prints it.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace ownkey::provider_sim {

enum class Fault {
  None,
  Rejected,        // the key is not (or no longer) valid
  EchoKey,         // the same, and the message repeats the key
  Forbidden,       // the key may not do this
  Region,          // the provider does not serve this country
  Restricted,      // the list of models is denied, chat works
  NoCredit,        // nothing left to pay with
  RateLimited,     // too many requests, for ever
  Flaky,           // overloaded once for each key and prompt, fine after that
  Overloaded,      // the provider has no capacity
  ServerError,     // an internal error
  Timeout,         // the provider itself gave up waiting
  ContextTooLong,  // the prompt is too long for the model
  ModelNotFound,   // whatever the model is called
  InvalidRequest,  // a parameter that the model does not take
  ErrorInStream,   // an error event after the answer has begun with a 200
  Cut,             // the connection ends in the middle of the answer
  Stall,           // no byte of an answer, ever
  StallInStream,   // the answer begins and then nothing more comes
  Html,            // a web page with status 200, as captive portals answer
  Flood,           // an answer without an end
  LongLine,        // a stream whose line never ends
  Redirect,        // a redirect to somewhere else
  SayKey,          // the model repeats the key in its answer
  Tool,            // the model calls the first tool that it was offered
};

inline constexpr std::array<std::pair<Fault, std::string_view>, 24> kFaultNames{{
    {Fault::Rejected, "rejected"},
    {Fault::EchoKey, "echo-key"},
    {Fault::Forbidden, "forbidden"},
    {Fault::Region, "region"},
    {Fault::Restricted, "restricted"},
    {Fault::NoCredit, "no-credit"},
    {Fault::RateLimited, "rate-limited"},
    {Fault::Flaky, "flaky"},
    {Fault::Overloaded, "overloaded"},
    {Fault::ServerError, "server-error"},
    {Fault::Timeout, "timeout"},
    {Fault::ContextTooLong, "context-too-long"},
    {Fault::ModelNotFound, "model-not-found"},
    {Fault::InvalidRequest, "invalid-request"},
    {Fault::ErrorInStream, "error-in-stream"},
    {Fault::Cut, "cut"},
    {Fault::StallInStream, "stall-in-stream"},
    {Fault::Stall, "stall"},
    {Fault::Html, "html"},
    {Fault::Flood, "flood"},
    {Fault::LongLine, "long-line"},
    {Fault::Redirect, "redirect"},
    {Fault::SayKey, "say-key"},
    {Fault::Tool, "tool"},
}};

// The first fault whose name stands in the key behind a '-'.
Fault fault_in_key(std::string_view key);

// The first fault whose name stands in the prompt as "[sim:name]".
Fault fault_in_prompt(std::string_view prompt);

}  // namespace ownkey::provider_sim
