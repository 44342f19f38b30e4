#include "server/accounts/preferences.h"

#include <utility>

#include "shared/valid_preferences.h"

namespace ownkey::accounts {

Result<api::Preferences> Preferences::get(const base::UserId& user) {
  const auto text = users_.read(user, [](store::UserView& view) { return view.preferences(); });
  if (!text) return text.error();
  if (!*text) return api::Preferences{};
  // A later version may know more.
  auto preferences = parse_as<api::Preferences>(**text, Unknown::Ignore);
  if (!preferences) return api::Preferences{};
  return preferences;
}

Result<api::Preferences> Preferences::put(const base::UserId& user, api::Preferences preferences,
                                          const base::Client& client) {
  auto valid = valid_preferences(std::move(preferences));
  if (!valid) return valid;
  const auto store = users_.open(user);
  if (!store) return store.error();
  const store::AuditNote note{AuditAction::PreferencesChanged, {}, client, clock_.now()};
  if (auto stored = (*store)->put_preferences(dump_json(to_json(*valid)), note); !stored) return stored.error();
  return valid;
}

}  // namespace ownkey::accounts
