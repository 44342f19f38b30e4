// The card of a provider on the page of API keys: its stored keys, and one field to add or replace them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/pages/key_status.h"
#include "web/pages/key_view.h"
#include "web/state/actions.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// One card, with all that its parts need.
struct CardView {
  const api::ProviderEntry& provider;
  const state::Keys& keys;
  KeyDraft& draft;
  ui::FieldState& new_label;
  state::Actions& actions;
  std::vector<const api::Credential*> stored = keys_of(keys, provider.provider);
  std::optional<std::string> field = label_of_field(keys, provider.provider, stored);
  bool fails_over = pages::fails_over(keys, provider.provider);

  state::KeyName key(std::string_view label = {}) const { return {provider.provider, std::string(label)}; }
  const state::KeyWork& work(const state::KeyName& key) const;
  // None while it runs, and none about a key that was changed since.
  const state::KeyCheck* check(const state::KeyName& key) const;
  // The only key, and the field is there to replace it: the card is about nothing else.
  const api::Credential* alone() const;
  bool asks_for_removal(const state::KeyName& key) const { return work(key).removal_asked == draft.edits(); }
  // Of a stored key, or of none; with the field, what is typed there goes first.
  KeyStatus status(const api::Credential* stored, bool with_field) const;
  void ask(state::action::KeyWish wish, state::KeyName key) const;
};

void draw_key_card(ui::Ui& ui, const CardView& view);

// Its parts: a stored key, and the field with its buttons.
void draw_stored_key(ui::Ui& ui, const CardView& view, const api::Credential& stored, bool first);
void draw_key_field(ui::Ui& ui, const CardView& view);

// What the last check found out, and the question whether to remove a key: beside the key, or in the field if the card
// is about that key alone.
void draw_key_check(ui::Ui& ui, const CardView& view, const state::KeyName& key);
void draw_key_removal(ui::Ui& ui, const CardView& view, const api::Credential& stored);

}  // namespace ownkey::pages
