// `wikipedia`: looks something up and gives the beginnings of the articles that fit best. Speaks the API of MediaWiki
// (action=query with generator=search and prop=extracts, formatversion 2).
#include <algorithm>
#include <optional>
#include <utility>

#include "server/llm/provider_error.h"
#include "server/workflow/tools/all_tools.h"
#include "server/workflow/tools/web_request.h"
#include "shared/text.h"

namespace ownkey::workflow {
namespace {

constexpr std::int64_t kUsualArticles = 3;
constexpr std::int64_t kMostArticles = 5;

class Wikipedia final : public Tool {
 public:
  Wikipedia(llm::OutboundClient& outbound, std::optional<llm::Url> url) : outbound_(outbound), url_(std::move(url)) {}

  std::string_view name() const override { return "wikipedia"; }
  std::string_view description() const override {
    return "Searches Wikipedia and gives the titles, the first paragraphs and the addresses of the articles found.";
  }
  json args() const override {
    return {
        {"type", "object"},
        {"properties",
         {{"query", {{"type", "string"}, {"minLength", 1}, {"maxLength", 300}}},
          {"articles",
           {{"type", "integer"}, {"minimum", 1}, {"maximum", kMostArticles}, {"description", "how many; usually 3"}}}}},
        {"required", {"query"}},
        {"additionalProperties", false}};
  }
  std::string unavailable() const override {
    if (url_) return {};
    return "wikipedia is switched off on this server; its operator can set OWNKEY_WIKIPEDIA_URL";
  }

  Result<json> call(const json& args, const base::CancelToken& cancel) const override {
    const auto& query = args["query"].get_ref<const std::string&>();
    const auto count = std::to_string(args.value("articles", kUsualArticles));
    // The operator chose the address, and no redirect leads away from it.
    const llm::Endpoint endpoint{"Wikipedia", *url_, llm::Trust::Operator};
    auto answer = get(outbound_, endpoint,
                      "/w/api.php?action=query&format=json&formatversion=2&generator=search&gsrlimit=" + count +
                          "&gsrsearch=" + percent_encoded(query) +
                          "&prop=extracts%7Cinfo&exintro=1&explaintext=1&exlimit=max&exchars=1200&inprop=url",
                      cancel);
    if (!answer) return std::move(answer.error());
    auto body = parse_json(answer->body);
    if (answer->status != 200 || !body || !body->is_object())
      return Error{ErrorKind::ProviderError, "Wikipedia did not answer as expected (status " +
                                                 std::to_string(answer->status) + "); try again later"};
    return articles(*body);
  }

 private:
  static json articles(const json& body) {
    json pages = llm::list_at(llm::object_at(body, "query"), "pages");
    // The pages come by number; "index" is their place among what was found.
    std::sort(pages.begin(), pages.end(),
              [](const json& a, const json& b) { return llm::number_at(a, "index") < llm::number_at(b, "index"); });
    json found = json::array();
    for (const auto& page : pages)
      found.push_back({{"title", llm::text_at(page, "title")},
                       {"summary", llm::text_at(page, "extract")},
                       {"url", llm::text_at(page, "fullurl")}});
    return found;
  }

  llm::OutboundClient& outbound_;
  const std::optional<llm::Url> url_;
};

}  // namespace

Result<std::unique_ptr<Tool>> make_wikipedia(llm::OutboundClient& outbound, const std::string& base_url) {
  std::optional<llm::Url> url;
  if (!base_url.empty()) {
    auto parsed = llm::Url::parse(base_url);
    if (!parsed) return Error{ErrorKind::InvalidRequest, "OWNKEY_WIKIPEDIA_URL: " + parsed.error().public_text};
    url = std::move(*parsed);
  }
  return std::unique_ptr<Tool>(std::make_unique<Wikipedia>(outbound, std::move(url)));
}

}  // namespace ownkey::workflow
