#include "server/llm/endpoint.h"

#include <algorithm>

namespace ownkey::llm {
namespace {

// Base URLs are given with the API's version (as OpenAI's SDKs want it) or without (as the others' do).
void add_version(Url& url, std::string_view version, bool only_when_bare) {
  const auto last = url.path.substr(url.path.rfind('/') + 1);
  const bool has_version = last.size() >= 2 && last[0] == 'v' && last[1] >= '0' && last[1] <= '9';
  if (url.path.empty() || (!only_when_bare && !has_version)) url.path += "/" + std::string(version);
}

void add_version(Provider provider, Url& url) {
  add_version(url, provider == Provider::Google ? "v1beta" : "v1",
              provider == Provider::OpenAi || provider == Provider::OpenAiCompatible);
}

Result<Endpoint> provider_endpoint(Provider provider, std::string_view own_url, const std::string& operator_url) {
  const auto own = Url::parse(own_url);
  auto url = operator_url.empty() ? own : Url::parse(operator_url);
  if (!url)
    return Error{ErrorKind::InvalidRequest, "'" + operator_url + "' is not a base URL like https://api.example.com/v1"};
  add_version(provider, *url);
  // To name the provider's own host vouches for nothing.
  const auto trust = url->https && url->host == own->host ? Trust::Public : Trust::Operator;
  return Endpoint{std::string(provider_info(provider).name), std::move(*url), trust};
}

}  // namespace

Result<Endpoints> Endpoints::create(const Options& options) {
  Endpoints endpoints;
  endpoints.calls_go_by_proxy_ = options.calls_go_by_proxy;
  for (const auto& text : options.custom_hosts) {
    auto pattern = HostPattern::parse(text);
    if (!pattern) return std::move(pattern.error());
    endpoints.custom_hosts_.push_back(std::move(*pattern));
  }
  const auto set = [&](Endpoint& endpoint, Provider provider, std::string_view own_url,
                       const std::string& operator_url) {
    auto found = provider_endpoint(provider, own_url, operator_url);
    if (!found) return std::optional(std::move(found.error()));
    endpoint = std::move(*found);
    const auto names_it = [&](const HostPattern& pattern) {
      return pattern.is_exact() && pattern.matches(endpoint.url);
    };
    if (std::ranges::any_of(endpoints.custom_hosts_, names_it)) endpoint.trust = Trust::Listed;
    return std::optional<Error>();
  };
  auto error = set(endpoints.openai_, Provider::OpenAi, "https://api.openai.com/v1", options.openai_base_url);
  if (!error)
    error = set(endpoints.anthropic_, Provider::Anthropic, "https://api.anthropic.com", options.anthropic_base_url);
  if (!error)
    error =
        set(endpoints.google_, Provider::Google, "https://generativelanguage.googleapis.com", options.google_base_url);
  if (error) return std::move(*error);
  return endpoints;
}

Result<Endpoint> Endpoints::find(Provider provider, const std::optional<std::string>& base_url) const {
  if (provider == Provider::OpenAiCompatible) return custom(base_url);
  // A key goes only to the host that its provider has.
  if (base_url) return invalid("base_url", "only an OpenAI-compatible provider takes a base URL; leave it out");
  switch (provider) {
    case Provider::Anthropic: return anthropic_;
    case Provider::Google: return google_;
    default: return openai_;
  }
}

bool Endpoints::serves(Provider provider) const {
  const auto is_usable = [&](const HostPattern& pattern) { return pattern.is_exact() || !calls_go_by_proxy_; };
  return provider != Provider::OpenAiCompatible || std::ranges::any_of(custom_hosts_, is_usable);
}

Result<Endpoint> Endpoints::custom(const std::optional<std::string>& base_url) const {
  if (!base_url || base_url->empty())
    return invalid("base_url", "enter the base URL of the service, like https://api.example.com/v1");
  auto url = Url::parse(*base_url);
  if (!url) return std::move(url.error());
  add_version(Provider::OpenAiCompatible, *url);
  const auto by_pattern = [&](const HostPattern& pattern) { return pattern.matches(*url); };
  if (std::ranges::none_of(custom_hosts_, by_pattern))
    return invalid("base_url", "this server does not allow the host '" + url->host +
                                   "'; ask its operator to add it to OWNKEY_CUSTOM_ENDPOINTS");
  const bool listed = std::ranges::any_of(
      custom_hosts_, [&](const HostPattern& pattern) { return pattern.is_exact() && pattern.matches(*url); });
  if (!listed && calls_go_by_proxy_)
    return invalid("base_url", "this server calls services through a proxy and cannot check where '" + url->host +
                                   "' leads; ask its operator to list that host in full in OWNKEY_CUSTOM_ENDPOINTS");
  return Endpoint{"the service at " + url->host, std::move(*url), listed ? Trust::Listed : Trust::Public};
}

}  // namespace ownkey::llm
