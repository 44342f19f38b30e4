// `http_get`: fetches a page from a host that the operator listed, and from no other. Off while none is listed.
#include <algorithm>
#include <utility>

#include "server/workflow/tools/all_tools.h"
#include "server/workflow/tools/web_request.h"

namespace ownkey::workflow {
namespace {

constexpr std::size_t kMaxUrl = 2000;

struct Target {
  llm::Url url;      // scheme, host and port
  std::string path;  // with its query
};

Result<Target> split(const std::string& text) {
  const auto printable = [](char c) { return c > ' ' && c < 0x7F; };
  if (!std::ranges::all_of(text, printable))
    return invalid("args.url", "the URL holds a space or another character that must be escaped with %");
  const auto scheme = text.find("://");
  const auto path = scheme == std::string::npos ? scheme : text.find_first_of("/?#", scheme + 3);
  auto url = llm::Url::parse(text.substr(0, path));
  if (!url) return Error{ErrorKind::InvalidRequest, "'" + text + "' is not a URL like https://example.com/page"};
  std::string rest = path == std::string::npos ? "/" : text.substr(path, text.find('#') - path);
  if (!rest.starts_with('/')) rest.insert(0, "/");
  return Target{std::move(*url), std::move(rest)};
}

class HttpGet final : public Tool {
 public:
  HttpGet(llm::OutboundClient& outbound, std::vector<llm::HostPattern> hosts, std::string host_list,
          bool calls_go_by_proxy)
      : outbound_(outbound),
        hosts_(std::move(hosts)),
        host_list_(std::move(host_list)),
        calls_go_by_proxy_(calls_go_by_proxy),
        description_("Fetches a web page or a JSON document by GET. Only from: " + host_list_ + ".") {}

  std::string_view name() const override { return "http_get"; }
  std::string_view description() const override {
    return hosts_.empty() ? "Fetches a web page by GET; switched off on this server." : std::string_view(description_);
  }
  json args() const override {
    return {{"type", "object"},
            {"properties", {{"url", {{"type", "string"}, {"minLength", 1}, {"maxLength", kMaxUrl}}}}},
            {"required", {"url"}},
            {"additionalProperties", false}};
  }
  std::string unavailable() const override {
    if (!hosts_.empty()) return {};
    return "http_get is switched off on this server; its operator can list hosts in OWNKEY_TOOL_HOSTS";
  }

  Result<json> call(const json& args, const base::CancelToken& cancel) const override {
    auto target = split(args["url"].get_ref<const std::string&>());
    if (!target) return std::move(target.error());
    const auto trust = trust_in(target->url);
    if (!trust)
      return Error{ErrorKind::PermissionDenied,
                   "http_get may not ask the host '" + target->url.host + "'; allowed are: " + host_list_};
    const llm::Endpoint endpoint{"the site " + target->url.host, std::move(target->url), *trust};
    auto answer = get(outbound_, endpoint, std::move(target->path), cancel);
    if (!answer) return std::move(answer.error());
    // A zero byte is in no text.
    if (answer->body.find('\0') != std::string::npos)
      return Error{ErrorKind::RunFailed,
                   endpoint.name + " sent something that is not text (" + answer->content_type + ")"};
    json result{{"status", answer->status}, {"content_type", answer->content_type}, {"body", std::move(answer->body)}};
    if (answer->cut) result["cut"] = true;
    return result;
  }

 private:
  // Nothing when no pattern allows it. A host behind a '*' can lead anywhere, so its address is judged; a proxy
  // resolves names by itself, and then it cannot be.
  std::optional<llm::Trust> trust_in(const llm::Url& url) const {
    std::optional<llm::Trust> trust;
    for (const auto& host : hosts_) {
      if (!host.matches(url)) continue;
      if (host.is_exact()) return llm::Trust::Listed;
      if (!calls_go_by_proxy_) trust = llm::Trust::Public;
    }
    return trust;
  }

  llm::OutboundClient& outbound_;
  const std::vector<llm::HostPattern> hosts_;
  const std::string host_list_;
  const bool calls_go_by_proxy_;
  const std::string description_;
};

}  // namespace

Result<std::unique_ptr<Tool>> make_http_get(llm::OutboundClient& outbound, const std::vector<std::string>& hosts,
                                            bool calls_go_by_proxy) {
  std::vector<llm::HostPattern> patterns;
  std::string list;
  for (const auto& host : hosts) {
    auto pattern = llm::HostPattern::parse(host);
    if (!pattern) return Error{ErrorKind::InvalidRequest, "OWNKEY_TOOL_HOSTS: " + pattern.error().public_text};
    patterns.push_back(std::move(*pattern));
    list += (list.empty() ? "" : ", ") + host;
  }
  return std::unique_ptr<Tool>(
      std::make_unique<HttpGet>(outbound, std::move(patterns), std::move(list), calls_go_by_proxy));
}

}  // namespace ownkey::workflow
