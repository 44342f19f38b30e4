#include "server/http/pipeline.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <typeinfo>

#include "server/http/csrf.h"
#include "server/http/negotiation.h"
#include "server/http/problem.h"
#include "server/http/security_headers.h"
#include "shared/text.h"

namespace ownkey::http {
namespace {

bool only_reads(std::string_view method) { return method == "GET" || method == "HEAD"; }

std::vector<std::string_view> values_of(const Pairs& headers, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : headers)
    if (same_name(field, name)) values.emplace_back(value);
  return values;
}

CsrfFacts csrf_facts(const Request& request) {
  return {.content_type = request.header("Content-Type"),
          .sec_fetch_site = request.header("Sec-Fetch-Site"),
          .origin = request.header("Origin"),
          .ownkey_header = request.header("X-Ownkey")};
}

Result<void> check_body(const Route& route, const Request& request, std::uint64_t size) {
  const bool json_wanted = route.body == Body::Json || (route.body == Body::OptionalJson && size > 0);
  if (json_wanted && !is_json_type(request.header("Content-Type")))
    return Error{ErrorKind::UnsupportedMediaType, "send the body as JSON, with Content-Type: application/json"};
  // A body that is not looked at may be there (some clients send "{}"), but need not be large.
  const std::size_t cap = route.body == Body::None ? std::min(route.body_cap, kAuthBodyCap) : route.body_cap;
  if (!only_reads(request.method) && size > cap)
    return Error{ErrorKind::PayloadTooLarge,
                 "the body is larger than the " + std::to_string(cap) + " bytes allowed here"};
  return {};
}

// Addresses that programs ask for, whatever they accept: an error there is never a page.
bool is_for_programs(std::string_view path) {
  static constexpr std::array<std::string_view, 4> kAddresses{"/api", "/healthz", "/readyz", "/metrics"};
  return path.starts_with("/api/") || path.starts_with("/assets/") ||
         std::ranges::find(kAddresses, path) != kAddresses.end();
}

// Other libraries' texts may quote what they were given, a key for instance; only those that never do are written down.
std::string describe(const std::exception& exception) {
  const bool known =
      dynamic_cast<const std::logic_error*>(&exception) || dynamic_cast<const std::system_error*>(&exception);
  return known ? exception.what() : typeid(exception).name();
}

Error unexpected(std::string what) {
  return {ErrorKind::Internal, "something went wrong here; try again, and tell the operator if it stays so",
          "a handler threw: " + std::move(what)};
}

}  // namespace

std::variant<Pipeline::Opened, Response> Pipeline::open(RequestHead head, const IpAddress& peer,
                                                        std::string request_id) const {
  if (!parts_.origin.accepts(head.host))
    return problem_response(421, {ErrorKind::InvalidRequest, "this server does not answer to that host name"},
                            request_id);

  auto found = parts_.router.find(head.method, head.path);
  if (std::holds_alternative<Router::NoSuchPath>(found)) {
    if (auto page = missing_page(head)) return std::move(*page);
    return problem({ErrorKind::NotFound, "there is nothing at this address"}, request_id);
  }
  if (const auto* other = std::get_if<Router::NoSuchMethod>(&found)) {
    auto response = problem_response(
        405, {ErrorKind::InvalidRequest, "this address takes " + other->allow + ", not " + head.method}, request_id);
    response.set_header("Allow", other->allow);
    return response;
  }
  auto& match = std::get<Router::Match>(found);
  const IpAddress client = parts_.proxies.client_behind(peer, values_of(head.headers, "X-Forwarded-For"));

  Opened opened{.request = {.method = std::move(head.method),
                            .path = std::move(head.path),
                            .target = std::move(head.target),
                            .headers = std::move(head.headers),
                            .query = std::move(head.query),
                            .path_parameters = std::move(match.parameters),
                            .address = to_text(client),
                            .request_id = std::move(request_id)},
                .route = match.route,
                .client = client};
  if (auto refused = check(opened, head.host, head.content_length)) return std::move(*refused);
  return opened;
}

std::optional<Response> Pipeline::check(Opened& opened, std::string_view host, std::uint64_t body_size) const {
  const auto& [request, route, client] = opened;
  if (auto caller = check_caller(opened, host); !caller) return refusal(opened, caller.error());
  if (auto body = check_body(*route, request, body_size); !body) return problem(body.error(), request.request_id);
  return std::nullopt;
}

// Who must sign in first is led there by a page.
Response Pipeline::refusal(const Opened& opened, const Error& error) const {
  const auto& request = opened.request;
  if (opened.route->access == Access::SignedInPage && error.kind == ErrorKind::Unauthenticated)
    return redirect(login_location(request.target));
  return problem(error, request.request_id);
}

std::optional<Response> Pipeline::identify_again(Opened& opened) const {
  if (auto identified = parts_.session_guard.identify(opened.request); !identified)
    return refusal(opened, identified.error());
  return std::nullopt;
}

Result<void> Pipeline::check_caller(Opened& opened, std::string_view host) const {
  auto& request = opened.request;
  if (opened.route->access != Access::Anyone)
    if (auto identified = parts_.session_guard.identify(request); !identified) return identified;
  if (only_reads(request.method)) return {};
  if (auto genuine = check_csrf(csrf_facts(request), parts_.origin.seen_by(host)); !genuine) {
    request.csrf_failure = std::move(genuine.error());
    if (request.signed_in_by_cookie) return *request.csrf_failure;
  }
  return {};
}

Response Pipeline::answer(const Opened& opened) const {
  auto result = call(opened);
  if (!result) return problem(result.error(), opened.request.request_id);
  if (result->status < 400 && !result->header("Cache-Control"))
    result->set_header("Cache-Control", std::string(cache_control(opened.route->cache)));
  return std::move(*result);
}

// Only what is about to be checked takes a try: requests that fail before that must not lock anybody out.
Result<Response> Pipeline::call(const Opened& opened) const {
  try {
    const auto& route = *opened.route;
    if (parts_.limit && route.checks_a_secret)
      if (auto allowed = parts_.limit(to_text(subscriber_of(opened.client))); !allowed) return allowed.error();
    return route.handler(opened.request);
  } catch (const std::exception& exception) {
    return unexpected(describe(exception));
  } catch (...) {
    return unexpected("something that is no exception");
  }
}

// A person who follows a wrong link gets the page, which shows them that; its start is the same file.
std::optional<Response> Pipeline::missing_page(const RequestHead& head) const {
  if (!only_reads(head.method) || is_for_programs(head.path)) return std::nullopt;
  Request request{.method = head.method, .headers = head.headers};
  if (!accepts_html(request.header("Accept"))) return std::nullopt;
  const auto start = parts_.router.find("GET", "/");
  const auto* match = std::get_if<Router::Match>(&start);
  if (!match) return std::nullopt;
  // What the client has already is no answer to this address.
  std::erase_if(request.headers, [](const auto& header) { return same_name(header.first, "If-None-Match"); });
  auto page = call({.request = std::move(request), .route = match->route, .client = {}});
  if (!page) return std::nullopt;
  page->status = 404;
  std::erase_if(page->headers, [](const auto& header) { return same_name(header.first, "ETag"); });
  return std::move(*page);
}

Response Pipeline::problem(const Error& error, std::string_view request_id) const {
  log_problem(parts_.log, error, request_id);
  return problem_response(error, request_id);
}

}  // namespace ownkey::http
