#include "server/llm/provider_call.h"

#include <random>
#include <utility>

#include "server/llm/provider_error.h"

namespace ownkey::llm {
namespace {

// A list of models longer than this many pages is not read to its end.
constexpr int kMaxPages = 20;
// Listing takes a moment; whoever checks a key should not wait as long as for a model that thinks.
constexpr std::chrono::seconds kListPatience{15};

double random_share() {
  std::random_device device;
  return std::uniform_real_distribution<double>(0, 1)(device);
}

Error scrubbed(const vault::Scrubber& scrubber, Error error) {
  error.public_text = scrubber.scrub(error.public_text);
  error.log_text = scrubber.scrub(error.log_text);
  return error;
}

void scrub_strings(const vault::Scrubber& scrubber, json& value) {
  if (value.is_string()) {
    value = scrubber.scrub(value.get_ref<const std::string&>());
  } else if (value.is_array()) {
    for (auto& item : value) scrub_strings(scrubber, item);
  } else if (value.is_object()) {
    json clean = json::object();
    for (auto& [name, member] : value.items()) {
      scrub_strings(scrubber, member);
      clean[scrubber.scrub(name)] = std::move(member);
    }
    value = std::move(clean);
  }
}

ChatAnswer scrubbed(const vault::Scrubber& scrubber, ChatAnswer answer) {
  answer.text = scrubber.scrub(answer.text);
  answer.provider_request_id = scrubber.scrub(answer.provider_request_id);
  for (auto& call : answer.tool_calls) {
    call.id = scrubber.scrub(call.id);
    call.name = scrubber.scrub(call.name);
    scrub_strings(scrubber, call.arguments);
  }
  return answer;
}

// Some services that speak OpenAI's API have no list, and a wrong base URL has none either.
Error about_list(Provider provider, Error error) {
  if (error.kind == ErrorKind::ModelNotFound)
    error.public_text = std::string(provider_info(provider).name) +
                        " answers, but has no list of models at this address; check the base URL, or see whether a run "
                        "goes through";
  return error;
}

}  // namespace

Error cancelled() { return {ErrorKind::RunFailed, "the call was cancelled", "cancelled"}; }

ChatCall ProviderCaller::chat(const CallTarget& target, const ChatRequest& request, const CallOptions& options) {
  const vault::Scrubber scrubber(target.key);
  auto call =
      options.on_delta ? chat_streamed(target, request, scrubber, options) : chat_whole(target, request, options);
  if (call.request_id.empty() && call.answer) call.request_id = call.answer->provider_request_id;
  call.request_id = scrubber.scrub(call.request_id);
  if (call.answer) call.answer->provider_request_id = call.request_id;
  if (call.answer) call.answer = scrubbed(scrubber, std::move(*call.answer));
  else call.answer = scrubbed(scrubber, std::move(call.answer.error()));
  return call;
}

ChatCall ProviderCaller::chat_whole(const CallTarget& target, const ChatRequest& request, const CallOptions& options) {
  auto sent = send(target, target.client.chat(request, Streamed::No), request.model, {}, options);
  if (!sent.answer) return {std::move(sent.answer.error()), std::move(sent.request_id)};
  return {target.client.read_answer(*sent.answer), std::move(sent.request_id)};
}

ChatCall ProviderCaller::chat_streamed(const CallTarget& target, const ChatRequest& request,
                                       const vault::Scrubber& scrubber, const CallOptions& options) {
  vault::StreamScrubber clean(scrubber);
  const auto show = [&](const std::string& text) {
    if (!text.empty()) options.on_delta(text);
  };
  const auto stream = target.client.read_stream([&](std::string_view text) { show(clean.feed(text)); });
  SseReader reader([&](const SseEvent& event) { return stream->take(event); });
  std::optional<Error> failure;
  const auto on_body = [&](std::string_view piece) {
    auto taken = reader.feed(piece);
    if (!taken) failure = std::move(taken.error());
    return !failure && !options.cancel.cancelled();
  };
  auto sent = send(target, target.client.chat(request, Streamed::Yes), request.model, on_body, options);
  show(clean.finish());
  if (failure) return {std::move(*failure), std::move(sent.request_id)};
  if (!sent.answer) return {std::move(sent.answer.error()), std::move(sent.request_id)};
  if (!contains(sent.answer->header("content-type"), "event-stream"))
    return {not_the_api(target.provider, *sent.answer), std::move(sent.request_id)};
  return {stream->finish(), std::move(sent.request_id)};
}

Result<std::vector<Model>> ProviderCaller::list_models(const CallTarget& target, Patience patience,
                                                       const base::CancelToken& cancel) {
  const vault::Scrubber scrubber(target.key);
  std::vector<Model> models;
  std::string next;
  for (int page_number = 0; page_number == 0 || (!next.empty() && page_number < kMaxPages); ++page_number) {
    auto request = target.client.list_models(next);
    request.first_byte_within = kListPatience;
    auto sent = send(target, request, {}, {}, {.patience = patience, .cancel = cancel});
    if (!sent.answer) return scrubbed(scrubber, about_list(target.provider, std::move(sent.answer.error())));
    auto page = target.client.read_models(*sent.answer);
    if (!page) return scrubbed(scrubber, std::move(page.error()));
    next = std::move(page->next);
    for (auto& model : page->models) {
      model.id = scrubber.scrub(model.id);
      model.display_name = scrubber.scrub(model.display_name);
      if (model.shutdown_date) model.shutdown_date = scrubber.scrub(*model.shutdown_date);
      models.push_back(std::move(model));
    }
  }
  return models;
}

ProviderCaller::Sent ProviderCaller::send(const CallTarget& target, const HttpRequest& request, std::string_view model,
                                          const OnBody& on_body, const CallOptions& options) {
  if (auto open = breaker_.ask(target.provider, target.endpoint, target.user, clock_.steady()); !open)
    return {std::move(open.error()), ""};
  // A stream may take minutes; that the host is well shows in its first piece.
  bool began = false;
  OnBody noting_on_body;
  if (on_body)
    noting_on_body = [&](std::string_view piece) {
      if (!std::exchange(began, true)) breaker_.succeeded(target.provider, target.endpoint);
      return on_body(piece);
    };
  const auto begun = clock_.steady();
  auto sent = ask_until_settled(target, request, model, noting_on_body, options);
  const bool was_cancelled = options.cancel.cancelled();
  note(target, sent, was_cancelled);
  const auto failure = sent.answer ? std::nullopt : std::optional(sent.answer.error().kind);
  if (was_cancelled) figures_.cancelled(target.provider);
  else figures_.ended(target.provider, failure, clock_.steady() - begun);
  return sent;
}

ProviderCaller::Sent ProviderCaller::ask_until_settled(const CallTarget& target, const HttpRequest& request,
                                                       std::string_view model, const OnBody& on_body,
                                                       const CallOptions& options) {
  const KeyHeader header = target.client.key_header();
  const auto& cancel = options.cancel;
  for (int retries = 0;; ++retries) {
    if (cancel.cancelled()) return {cancelled(), ""};
    auto answer = outbound_.send(target.endpoint, request, {header, target.key}, on_body, cancel);
    if (cancel.cancelled()) return {cancelled(), ""};
    if (!answer) return {std::move(answer), ""};
    const int status = answer->status;
    std::string request_id = target.client.request_id(*answer);
    if (status / 100 == 2) return {std::move(answer), std::move(request_id), status};
    if (status / 100 == 3) return {not_the_api(target.provider, *answer), std::move(request_id), status};
    Error error = target.client.read_error(*answer, model);
    const bool patient = options.patience == Patience::Usual || (options.patience == Patience::NotForRateLimits &&
                                                                 error.kind != ErrorKind::ProviderRateLimited);
    if (!patient || retries == retries_.max_retries || !is_worth_a_retry(*answer, error, retries_))
      return {std::move(error), std::move(request_id), status};
    if (!cancel.sleep_for(wait_before_retry(retries, error, random_share(), retries_))) return {cancelled(), ""};
  }
}

void ProviderCaller::note(const CallTarget& target, const Sent& sent, bool was_cancelled) {
  const auto now = clock_.steady();
  const auto& [provider, client, endpoint, key, user] = target;
  const bool blames_request = !sent.answer && sent.answer.error().kind == ErrorKind::ContextTooLong;
  if (sent.status >= 500 && !blames_request)
    return breaker_.failed(provider, endpoint, user, ErrorKind::ProviderOverloaded, now);
  if (sent.status > 0) return breaker_.succeeded(provider, endpoint);
  const auto kind = sent.answer ? ErrorKind::Internal : sent.answer.error().kind;
  // An answer that takes too long says more about the question than about the host.
  if (!was_cancelled && kind == ErrorKind::ProviderUnreachable)
    return breaker_.failed(provider, endpoint, user, ErrorKind::ProviderUnreachable, now);
  breaker_.abandoned(provider, endpoint, now);
}

}  // namespace ownkey::llm
