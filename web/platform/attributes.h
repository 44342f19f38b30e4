// Attributes: the attributes of a mirror node, kept in the form in which they go to the browser.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ownkey::platform {

class Attributes {
 public:
  Attributes() = default;
  Attributes(std::initializer_list<std::pair<std::string_view, std::string_view>> attributes);

  void add(std::string_view name, std::string_view value);
  std::optional<std::string_view> find(std::string_view name) const;

  // See mirror_text.h.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace ownkey::platform
