#include "web/app/key_entry.h"

#include "shared/validation.h"
#include "web/app/form.h"
#include "web/pages/key_view.h"
#include "web/pages/paste_hint.h"

namespace ownkey::app {

KeyName KeyEntry::meant_by_field(Provider provider) const {
  return {provider, pages::label_of_field(desk_.state.keys, provider).value_or("")};
}

// What a key that is added is to be called. To save it under a name that is taken would replace another.
Result<std::string> KeyEntry::free_label(Provider provider) {
  auto label = valid_label(draft(provider).label.text());
  if (!label) return label;
  for (const auto* one : pages::keys_of(desk_.state.keys, provider))
    if (one->label == *label)
      return invalid("label", "a key is called that already; choose another label, or replace that key");
  return label;
}

// Whether what is typed can be a key, and is named as keys are; otherwise says under the fields why not.
bool KeyEntry::check_typed(Provider provider) {
  auto& typed = draft(provider);
  typed.key.error.clear();
  int bad = check(valid_api_key(typed.key.secret()), typed.key);
  if (provider_info(provider).needs_base_url && meant_by_field(provider).label.empty())
    bad += check_given(typed.base_url, "enter the address of the service, such as https://llm.example.com/v1");
  if (pages::asks_for_label(desk_.state.keys, provider)) bad += check(free_label(provider), typed.label);
  if (bad > 0) announce_bad_fields(desk_.ui, bad);
  return bad == 0;
}

void KeyEntry::verify(const KeyName& key) {
  KeyName target = key;
  if (key.label.empty() && draft(key.provider).key.empty()) target = meant_by_field(key.provider);
  if (target.label.empty() && !check_typed(key.provider)) return;
  if (work(target).task != Task::None) return;
  desk_.ui.announce("Checking the " + stored_.name(target) + ".");
  ask_provider(target);
}

void KeyEntry::ask_provider(const KeyName& key) {
  auto& typed = draft(key.provider);
  const bool label_asked = work(key).label_asked;
  work(key) = {.task = Task::Verifying, .check_awaited = ++checks_, .label_asked = label_asked};
  const auto then = [this, key, number = checks_, sent = sent_now(desk_.ui, typed)](auto outcome) {
    if (work(key).check_awaited == number) take_check(key, sent, std::move(outcome));
  };
  if (!key.label.empty()) return desk_.api.verify_stored(key, then);
  api::VerifyRequest request{key.provider, typed.key.secret().clone(), {}};
  request.base_url = pages::base_url_of_field(desk_.state.keys, key.provider, typed);
  desk_.api.verify(request, then);
}

void KeyEntry::take_check(const KeyName& key, const Sent& sent, state::Outcome<api::VerifiedAnswer> outcome) {
  work(key).task = Task::None;
  const bool typed = key.label.empty();
  state::KeyCheck check{.of_typed_key = typed, .edit = sent.edits, .verification = {}};
  if (outcome) {
    check.valid = true;
    check.verification = std::move((*outcome).verification);
    desk_.ui.announce(stored_.name(key) + " works.");
  } else {
    check.rejected = outcome.failure.kind == ErrorKind::KeyRejected;
    check.verification = outcome.failure.verification;
    // Of another text than the one that is there by now, it says nothing.
    if (!typed || draft(key.provider).edits() == sent.edits)
      stored_.show_failure(key, outcome.failure, sent.is_waited_for(desk_.ui));
  }
  work(key).check = std::move(check);
  if (!typed) stored_.load_credentials();
}

void KeyEntry::save(Provider provider) {
  const KeyName field{provider, {}};
  if (!check_typed(provider)) return;
  auto& typed = draft(provider);
  const auto& check = work(field).check;
  const bool verified = check && check->valid && check->edit == typed.edits();
  KeyName key = meant_by_field(provider);
  if (key.label.empty())
    key.label = pages::asks_for_label(desk_.state.keys, provider) ? *free_label(provider) : "default";
  work(field).task = Task::Saving;
  work(field).failure.reset();
  // As typed: the server says what it tidied.
  api::SaveCredentialRequest request{provider, typed.key.secret().clone(), key.label, {}};
  request.base_url = pages::base_url_of_field(desk_.state.keys, provider, typed);
  const Sent sent = sent_now(desk_.ui, typed);
  desk_.api.save(request, [this, field, key, verified, sent](state::Outcome<api::Credential> outcome) {
    work(field).task = Task::None;
    if (!outcome) return stored_.show_failure(field, outcome.failure, sent.is_waited_for(desk_.ui));
    take_saved(key, sent, std::move(*outcome));
    // What was found out about the typed key is to be known of the stored one.
    if (verified) ask_provider(key);
    else stored_.load_credentials();
  });
}

void KeyEntry::take_saved(const KeyName& key, const Sent& sent, api::Credential saved) {
  work({key.provider, {}}) = {};
  work(key) = {};
  if (draft(key.provider).edits() == sent.edits) {
    draft(key.provider).clear();
    keys().fields.erase(key.provider);
  }
  const std::string notice = saved.notice ? ". " + pages::sentence(*saved.notice) : "";
  stored_.put(std::move(saved));
  desk_.toasts.show(desk_.ui, stored_.name(key) + " saved" + notice);
}

void KeyEntry::open_field(Provider provider, const std::string& label) {
  keys().fields[provider] = label;
  auto& typed = draft(provider);
  if (pages::asks_for_label(desk_.state.keys, provider)) typed.label.wants_focus = true;
  else typed.key.wants_focus = true;
}

void KeyEntry::close_field(Provider provider) {
  const std::string label = keys().fields[provider];
  keys().fields.erase(provider);
  draft(provider).clear();
  work({provider, {}}) = {};
  const KeyName key{provider, label};
  desk_.ui.focus(ui::node_id(pages::key_id(key, label.empty() ? "add" : "replace")));
}

void KeyEntry::move_typed(Provider from) {
  auto& typed = draft(from).key;
  const auto to = pages::seems_of(typed.text());
  if (!to) return;
  auto& other = draft(*to).key;
  other.choose(typed.secret().clone());
  typed.clear();
  // Where there are several keys already, this is one more.
  if (!pages::label_of_field(desk_.state.keys, *to)) keys().fields[*to] = {};
  other.wants_focus = true;
  desk_.ui.announce("The key is in the field of " + std::string(provider_info(*to).name) + " now.");
}

}  // namespace ownkey::app
