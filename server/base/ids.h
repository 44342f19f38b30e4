// Ids of different things are different types, so that one cannot stand in for the other.
// An id is opaque text: 26 characters of lower-case letters and digits, made by crypto::new_id.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace ownkey::base {

template <class Of>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

using UserId = Id<struct UserIdTag>;
using SessionId = Id<struct SessionIdTag>;
using CredentialId = Id<struct CredentialIdTag>;
using WorkflowId = Id<struct WorkflowIdTag>;
using RunId = Id<struct RunIdTag>;

}  // namespace ownkey::base

template <class Of>
struct std::hash<ownkey::base::Id<Of>> {
  std::size_t operator()(const ownkey::base::Id<Of>& id) const { return std::hash<std::string>{}(id.text()); }
};
