#include "web/pages/preferences_fields.h"

#include <algorithm>
#include <cmath>

#include "shared/valid_preferences.h"
#include "shared/validation.h"
#include "web/pages/format.h"

namespace ownkey::pages {

void fill(PreferencesDraft& draft, const api::Preferences& stored) {
  draft.filled = true;
  draft.theme.set(name_of(stored.theme.value_or(api::Theme::System)));
  draft.text_percent.set(std::to_string(std::lround(stored.text_scale.value_or(1) * 100)));
  draft.motion.set(stored.reduce_motion.value_or(false) ? "reduce" : "system");
  draft.provider.set(stored.default_provider ? name_of(*stored.default_provider) : std::string_view());
  draft.model.set(stored.default_model.value_or(""));
  draft.timeout.set(stored.run_timeout_s ? std::to_string(*stored.run_timeout_s) : "");
}

Result<api::Preferences> typed_preferences(const PreferencesDraft& draft) {
  api::Preferences typed;
  typed.theme = named<api::Theme>(draft.theme.text());
  typed.text_scale = static_cast<double>(whole_number(draft.text_percent.text()).value_or(100)) / 100;
  typed.reduce_motion = draft.motion.text() == "reduce";
  typed.default_provider = named<Provider>(draft.provider.text());
  if (const auto model = trimmed(draft.model.text()); !model.empty()) typed.default_model = std::string(model);
  if (const auto timeout = trimmed(draft.timeout.text()); !timeout.empty())
    typed.run_timeout_s =
        static_cast<int>(std::min<std::int64_t>(whole_number(timeout).value_or(0), kMaxRunTimeoutS + 1));
  return valid_preferences(std::move(typed));
}

platform::Look typed_look(const PreferencesDraft& draft) {
  platform::Look look;
  if (draft.theme.text() != "system") look.dark = draft.theme.text() == "dark";
  const auto percent = whole_number(draft.text_percent.text()).value_or(100);
  if (percent != 100) look.text_scale = static_cast<float>(percent) / 100;
  look.reduce_motion = draft.motion.text() == "reduce";
  return look;
}

}  // namespace ownkey::pages
