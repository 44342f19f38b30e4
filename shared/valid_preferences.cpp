#include "shared/valid_preferences.h"

#include <algorithm>
#include <utility>

#include "shared/validation.h"

namespace ownkey {
namespace {

// Visible ASCII without spaces, as every provider names its models.
bool is_model_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxModelBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<api::Preferences> valid_preferences(api::Preferences preferences) {
  if (auto& model = preferences.default_model) {
    model = std::string(trimmed(*model));
    if (!is_model_name(*model))
      return invalid("default_model", "enter the name of a model as the provider writes it, such as 'gpt-4o'");
  }
  if (const auto scale = preferences.text_scale; scale && !(*scale >= kMinTextScale && *scale <= kMaxTextScale))
    return invalid("text_scale", "choose a size of text between 0.5 and 3 (1 is the usual one)");
  if (const auto seconds = preferences.run_timeout_s; seconds && (*seconds < 1 || *seconds > kMaxRunTimeoutS))
    return invalid("run_timeout_s", "choose a time between 1 and " + std::to_string(kMaxRunTimeoutS) + " seconds");
  return preferences;
}

}  // namespace ownkey
