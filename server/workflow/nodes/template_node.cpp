// `template`: puts a text together from its inputs. Its output is {"prompt": …}, so that a model behind it is asked
// with it.
#include <utility>

#include "server/workflow/nodes/nodes.h"
#include "server/workflow/prompt.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

struct TemplateData {
  std::string text;

  static constexpr auto fields() { return std::tuple{Field{"template", &TemplateData::text}}; }
};

}  // namespace

Result<void> check_template(const json& data, const std::string& path) {
  if (const auto read = from_json<TemplateData>(data, Unknown::Ignore, path); !read) return read.error();
  return {};
}

NodeResult run_template(const NodeContext& context) {
  const auto data = from_json<TemplateData>(context.data, Unknown::Ignore, "data");
  if (!data) return NodeFailure{data.error()};
  auto text = fill_template(data->text, context.inputs);
  if (!text) return NodeFailure{std::move(text.error())};
  return NodeOutcome{json{{"prompt", std::move(*text)}}};
}

}  // namespace ownkey::workflow
