#include "web/pages/key_view.h"

#include <algorithm>

#include "shared/validation.h"

namespace ownkey::pages {

namespace {

bool has_several(const state::Keys& keys, Provider provider) {
  const auto* all = keys.credentials.value();
  return all && std::count_if(all->begin(), all->end(), [&](const auto& one) { return one.provider == provider; }) > 1;
}

}  // namespace

std::vector<const api::Credential*> keys_of(const state::Keys& keys, Provider provider) {
  std::vector<const api::Credential*> some;
  if (const auto* all = keys.credentials.value())
    for (const auto& one : *all)
      if (one.provider == provider) some.push_back(&one);
  if (const auto* known = keys.failover.value()) {
    const auto failover = api::FailoverSettings(*known).of(provider);
    const auto place = [&](const api::Credential* one) {
      return failover ? std::find(failover->order.begin(), failover->order.end(), one->label) - failover->order.begin()
                      : 0;
    };
    std::stable_sort(some.begin(), some.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
  }
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
  const auto stored = keys_of(keys, provider);
  const auto opened = keys.fields.find(provider);
  if (opened != keys.fields.end()) return opened->second;
  if (stored.size() > 1) return std::nullopt;
  return stored.empty() ? "" : stored.front()->label;
}

bool asks_for_label(const state::Keys& keys, Provider provider) {
  return !keys_of(keys, provider).empty() && label_of_field(keys, provider) == "";
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

api::Failover failover_of(const state::Keys& keys, Provider provider) {
  if (const auto* known = keys.failover.value())
    if (const auto failover = api::FailoverSettings(*known).of(provider)) return *failover;
  api::Failover failover;
  for (const auto* one : keys_of(keys, provider)) failover.order.push_back(one->label);
  return failover;
}

}  // namespace ownkey::pages
