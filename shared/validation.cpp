#include "shared/validation.h"

#include <algorithm>

#include "shared/text.h"

namespace ownkey {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kZeroWidthSpace = "\u200B";
constexpr std::string_view kByteOrderMark = "\uFEFF";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// How many bytes of white space the text begins (or ends) with; what copying out of a web page leaves behind counts.
std::size_t space_at_start(std::string_view text) {
  if (!text.empty() && is_space(text.front())) return 1;
  for (const auto space : {kNoBreakSpace, kZeroWidthSpace, kByteOrderMark})
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t space_at_end(std::string_view text) {
  if (!text.empty() && is_space(text.back())) return 1;
  for (const auto space : {kNoBreakSpace, kZeroWidthSpace, kByteOrderMark})
    if (text.ends_with(space)) return space.size();
  return 0;
}

Error too_long(std::string_view field, std::string_view what, std::size_t limit) {
  return invalid(std::string(field), std::string(what) + " can be at most " + std::to_string(limit) + " bytes long");
}

Result<std::string> valid_text(std::string_view text, std::string_view field, std::string_view what,
                               std::size_t limit) {
  text = trimmed(text);
  if (text.size() > limit) return too_long(field, what, limit);
  if (std::any_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\n' && c != '\t'; }))
    return invalid(std::string(field), std::string(what) + " has a control character in it; type it again");
  return std::string(text);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (const auto n = space_at_start(text)) text.remove_prefix(n);
  while (const auto n = space_at_end(text)) text.remove_suffix(n);
  return text;
}

Result<std::string> valid_email(std::string_view text) {
  text = trimmed(text);
  if (text.size() > kMaxEmailBytes) return too_long("email", "the e-mail address", kMaxEmailBytes);
  const auto at = text.find('@');
  const std::string_view domain = at == std::string_view::npos ? "" : text.substr(at + 1);
  const bool plain = std::none_of(text.begin(), text.end(),
                                  [](char c) { return is_space(c) || is_control(c) || c == ',' || c == ';'; });
  const bool domain_ok = !domain.empty() && domain.find('@') == std::string_view::npos && !domain.starts_with('.') &&
                         !domain.ends_with('.') && domain.find("..") == std::string_view::npos;
  if (at == 0 || !plain || !domain_ok) return invalid("email", "enter an e-mail address like name@example.com");
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

Result<void> valid_password(const Secret& password, std::string_view field) {
  if (password.size() < kMinPasswordBytes)
    return invalid(std::string(field), "use at least " + std::to_string(kMinPasswordBytes) + " characters");
  if (password.size() > kMaxPasswordBytes) return too_long(field, "the password", kMaxPasswordBytes);
  return {};
}

Result<std::string> valid_full_name(std::string_view text) {
  return valid_text(text, "full_name", "the name", kMaxNameBytes);
}

Result<std::string> valid_label(std::string_view text) {
  text = trimmed(text);
  if (text.size() > kMaxLabelBytes) return too_long("label", "the label", kMaxLabelBytes);
  const auto allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), allowed) || text.front() == '.')
    return invalid("label", "use lower-case letters, digits, '-', '_' and '.' for a label, such as 'work'");
  // These stand where a label could in the paths of the API.
  for (const std::string_view taken : {"verify", "undo", "uses"})
    if (text == taken) return invalid("label", "'" + std::string(taken) + "' cannot be a label; choose another word");
  return std::string(text);
}

Result<std::string> valid_workflow_name(std::string_view text) {
  auto name = valid_text(text, "name", "the name", kMaxNameBytes);
  if (name && name->empty()) return invalid("name", "give the workflow a name");
  return name;
}

Result<std::string> valid_description(std::string_view text) {
  return valid_text(text, "description", "the description", kMaxDescriptionBytes);
}

Result<TidyKey> valid_api_key(const Secret& pasted) {
  const std::string_view key = trimmed(pasted.reveal());
  if (key.empty()) return invalid("api_key", "paste the key that the provider gave you; this field is empty");
  if (key.size() > kMaxKeyBytes)
    return invalid("api_key", "this is too long for a key (more than " + std::to_string(kMaxKeyBytes) +
                                  " bytes); paste the key alone");
  if (std::any_of(key.begin(), key.end(), [](char c) { return is_space(c) || is_control(c); }))
    return invalid("api_key", "there is a space or a line break inside the key; paste the key alone, in one piece");
  // A key travels in an HTTP header, where only visible ASCII is safe (RFC 9110 §5.5).
  if (std::any_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7E; }))
    return invalid("api_key",
                   "there is a character in it that no key has (an accent, a curly quote, a dot of a hidden "
                   "password?); copy the key again from the provider");
  return TidyKey{Secret(key), key.size() != pasted.size()};
}

}  // namespace ownkey
