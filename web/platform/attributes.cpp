#include "web/platform/attributes.h"

#include "web/platform/mirror_text.h"

namespace ownkey::platform {

Attributes::Attributes(std::initializer_list<std::pair<std::string_view, std::string_view>> attributes) {
  for (const auto& [name, value] : attributes) add(name, value);
}

void Attributes::add(std::string_view name, std::string_view value) {
  text_ += name;
  text_ += mark::kNameEnd;
  append_clean(text_, value);
  text_ += mark::kAttributeEnd;
}

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  for (std::string_view rest = text_; !rest.empty();) {
    const std::string_view attribute = rest.substr(0, rest.find(mark::kAttributeEnd));
    rest.remove_prefix(attribute.size() + 1);
    const std::size_t name_end = attribute.find(mark::kNameEnd);
    if (attribute.substr(0, name_end) == name) return attribute.substr(name_end + 1);
  }
  return std::nullopt;
}

}  // namespace ownkey::platform
