#include "web/pages/key_view.h"

#include <algorithm>

#include "shared/validation.h"

namespace ownkey::pages {

namespace {

bool has_several(const state::Keys& keys, Provider provider) {
  int count = 0;
  if (const auto* all = keys.credentials.value())
    for (const auto& one : *all)
      if (one.provider == provider && ++count > 1) return true;
  return false;
}

const api::Failover* known_failover(const state::Keys& keys, Provider provider) {
  const auto* known = keys.failover.value();
  return known && known->of(provider) ? &*known->of(provider) : nullptr;
}

}  // namespace

std::vector<const api::Credential*> keys_of(const state::Keys& keys, Provider provider) {
  std::vector<std::pair<std::ptrdiff_t, const api::Credential*>> places;
  const auto* failover = known_failover(keys, provider);
  const auto place = [&](const std::string& label) {
    return failover ? std::find(failover->order.begin(), failover->order.end(), label) - failover->order.begin() : 0;
  };
  if (const auto* all = keys.credentials.value())
    for (const auto& one : *all)
      if (one.provider == provider) places.emplace_back(place(one.label), &one);
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const api::Credential*> some;
  for (const auto& [at, one] : places) some.push_back(one);
  return some;
}

std::string key_name(const state::Keys& keys, const state::KeyName& key) {
  std::string name = std::string(provider_info(key.provider).name) + " key";
  if (!key.label.empty() && has_several(keys, key.provider)) name += " " + key.label;
  return name;
}

std::string key_id(const state::KeyName& key, std::string_view part) {
  return "key." + std::string(name_of(key.provider)) + "/" + key.label + "." + std::string(part);
}

std::optional<std::string> label_of_field(const state::Keys& keys, Provider provider) {
  return label_of_field(keys, provider, keys_of(keys, provider));
}

std::optional<std::string> label_of_field(const state::Keys& keys, Provider provider,
                                          const std::vector<const api::Credential*>& stored) {
  const auto opened = keys.fields.find(provider);
  if (opened != keys.fields.end()) return opened->second;
  if (stored.size() > 1) return std::nullopt;
  return stored.empty() ? "" : stored.front()->label;
}

bool asks_for_label(const state::Keys& keys, Provider provider) {
  const auto stored = keys_of(keys, provider);
  return !stored.empty() && label_of_field(keys, provider, stored) == "";
}

std::optional<std::string> base_url_of_field(const state::Keys& keys, Provider provider, const KeyDraft& draft) {
  if (!provider_info(provider).needs_base_url) return std::nullopt;
  const auto typed = trimmed(draft.base_url.text());
  if (!typed.empty()) return std::string(typed);
  const auto label = label_of_field(keys, provider);
  for (const auto* one : keys_of(keys, provider))
    if (one->label == label) return one->base_url;
  return std::nullopt;
}

bool fails_over(const state::Keys& keys, Provider provider) {
  const auto* known = known_failover(keys, provider);
  return known && known->enabled;
}

api::Failover failover_of(const state::Keys& keys, Provider provider) {
  if (const auto* known = known_failover(keys, provider)) return *known;
  api::Failover failover;
  for (const auto* one : keys_of(keys, provider)) failover.order.push_back(one->label);
  return failover;
}

}  // namespace ownkey::pages
