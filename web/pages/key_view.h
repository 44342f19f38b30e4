// What the page of API keys knows of the keys of a provider, and which of them the provider's field is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/pages/drafts.h"
#include "web/state/app_state.h"

namespace ownkey::pages {

// In the order in which they stand in for each other, as far as it is known.
std::vector<const api::Credential*> keys_of(const state::Keys& keys, Provider provider);

// "OpenAI key", and among several "OpenAI key work".
std::string key_name(const state::Keys& keys, const state::KeyName& key);

// The name of a widget that belongs to a key.
std::string key_id(const state::KeyName& key, std::string_view part);

// What the field of a provider is for: the label of the key to replace, or empty for a new one. Nothing where there is
// no field, as long as nobody asks for one.
std::optional<std::string> label_of_field(const state::Keys& keys, Provider provider);
std::optional<std::string> label_of_field(const state::Keys& keys, Provider provider,
                                          const std::vector<const api::Credential*>& stored);  // its keys

// A first key needs no label of its own.
bool asks_for_label(const state::Keys& keys, Provider provider);

// Of a provider that needs one: as typed, or the one of the key that is replaced.
std::optional<std::string> base_url_of_field(const state::Keys& keys, Provider provider, const KeyDraft& draft);

// Whether its next key stands in for one that fails, and in which order.
bool fails_over(const state::Keys& keys, Provider provider);
api::Failover failover_of(const state::Keys& keys, Provider provider);

}  // namespace ownkey::pages
