#include "web/app/keys_controller.h"

#include <algorithm>

#include "shared/validation.h"
#include "web/app/form.h"
#include "web/pages/key_view.h"
#include "web/pages/paste_hint.h"

namespace ownkey::app {

void KeysController::carry_out(const state::action::OnKey& action) {
  using state::action::KeyWish;
  const KeyName& key = action.key;
  // One thing at a time is done with a key.
  if (work(key).task != Task::None) return;
  switch (action.wish) {
    case KeyWish::Verify: return verify(key);
    case KeyWish::Save: return save(key.provider);
    case KeyWish::SwitchOn: return change(key, Task::Switching, {true, {}}, name(key) + " switched on");
    case KeyWish::SwitchOff: return change(key, Task::Switching, {false, {}}, name(key) + " switched off");
    case KeyWish::Undo: return undo_replacing(key);
    case KeyWish::Replace: return open_field(key.provider, key.label);
    case KeyWish::Add: return open_field(key.provider, {});
    case KeyWish::CloseField: return close_field(key.provider);
    case KeyWish::MoveTyped: return move_typed(key.provider);
    case KeyWish::AskForLabel: return ask_for_label(key);
    case KeyWish::Rename: return rename(key);
    case KeyWish::KeepLabel: return keep_label(key);
    case KeyWish::AskToRemove: return ask_to_remove(key);
    case KeyWish::Keep: return keep(key);
    case KeyWish::Remove: return remove(key);
    case KeyWish::MoveUp: return move_up(key);
    case KeyWish::SwitchFailover: {
      api::Failover failover = pages::failover_of(keys(), key.provider);
      failover.enabled = !failover.enabled;
      return set_failover(key.provider, std::move(failover));
    }
  }
}

void KeysController::load() {
  auto& providers = keys().providers;
  if (!providers.value() && !providers.loading()) {
    providers.load(desk_.ui.now());
    desk_.api.providers([this](auto outcome) { keys().providers.take(std::move(outcome)); });
  }
  load_credentials();
}

void KeysController::load_credentials() {
  auto& credentials = keys().credentials;
  if (credentials.loading()) return;
  credentials.load(desk_.ui.now());
  desk_.api.credentials([this](auto outcome) {
    keys().credentials.take(std::move(outcome));
    load_failover();
  });
}

// Keys that stand alone have no order.
void KeysController::load_failover() {
  if (!keys().credentials.value() || keys().failover.loading()) return;
  const auto& all = *keys().credentials.value();
  const bool any =
      std::any_of(all.begin(), all.end(), [&](const auto& one) { return all_of(one.provider).size() > 1; });
  if (!any) return;
  keys().failover.load(desk_.ui.now());
  desk_.api.failover([this](auto outcome) { keys().failover.take(std::move(outcome)); });
}

std::vector<const api::Credential*> KeysController::all_of(Provider provider) const {
  return pages::keys_of(desk_.state.keys, provider);
}

const api::Credential* KeysController::stored(const KeyName& key) const {
  for (const auto* one : all_of(key.provider))
    if (one->label == key.label) return one;
  return nullptr;
}

KeyName KeysController::meant_by_field(Provider provider) const {
  return {provider, pages::label_of_field(desk_.state.keys, provider).value_or("")};
}

std::string KeysController::name(const KeyName& key) const { return pages::key_name(desk_.state.keys, key); }

// Whether what is typed can be a key, and is named as keys are; otherwise says under the fields why not.
bool KeysController::check_typed(Provider provider) {
  auto& typed = draft(provider);
  typed.key.error.clear();
  int bad = check(valid_api_key(typed.key.secret()), typed.key);
  if (provider_info(provider).needs_base_url && meant_by_field(provider).label.empty())
    bad += check_given(typed.base_url, "enter the address of the service, such as https://llm.example.com/v1");
  if (pages::asks_for_label(desk_.state.keys, provider)) bad += check(valid_label(typed.label.text()), typed.label);
  if (bad > 0) announce_bad_fields(desk_.ui, bad);
  return bad == 0;
}

// Under a field only what is the fault of what is in it.
void KeysController::show_failure(const KeyName& key, const state::Failure& failure) {
  auto& typed = draft(key.provider);
  ui::FieldState* field = nullptr;
  if (key.label.empty()) {
    if (failure.field == "api_key" || failure.kind == ErrorKind::KeyRejected) field = &typed.key;
    else if (failure.field == "base_url") field = &typed.base_url;
    else if (failure.field == "label" && pages::asks_for_label(desk_.state.keys, key.provider)) field = &typed.label;
  } else if (work(key).label_asked && failure.field == "label") {
    field = &desk_.drafts.new_label;
  }
  if (field) {
    field->fail(pages::sentence(failure.text));
    announce_bad_fields(desk_.ui, 1);
  } else {
    work(key).failure = failure;
    if (key.label.empty()) work(key).failure->edit = typed.edits();
  }
}

// Without a label: the typed key; or, where nothing is typed, the stored one that the field is about.
void KeysController::verify(const KeyName& key) {
  KeyName target = key;
  if (key.label.empty() && draft(key.provider).key.empty()) target = meant_by_field(key.provider);
  if (target.label.empty() && !check_typed(key.provider)) return;
  if (work(target).task != Task::None) return;
  desk_.ui.announce("Checking the " + name(target) + ".");
  ask_provider(target);
}

void KeysController::ask_provider(const KeyName& key) {
  auto& typed = draft(key.provider);
  const bool label_asked = work(key).label_asked;
  work(key) = {.task = Task::Verifying, .label_asked = label_asked};
  const auto then = [this, key, edit = typed.edits()](auto outcome) { take_check(key, edit, std::move(outcome)); };
  if (!key.label.empty()) return desk_.api.verify_stored(key, then);
  api::VerifyRequest request{key.provider, typed.key.secret().clone(), {}};
  request.base_url = pages::base_url_of_field(desk_.state.keys, key.provider, typed);
  desk_.api.verify(request, then);
}

void KeysController::take_check(const KeyName& key, std::uint32_t edit, state::Outcome<api::VerifiedAnswer> outcome) {
  work(key).task = Task::None;
  const bool typed = key.label.empty();
  state::KeyCheck check{.of_typed_key = typed, .edit = edit, .verification = {}};
  if (outcome) {
    check.valid = true;
    check.verification = std::move((*outcome).verification);
    desk_.ui.announce(name(key) + " works.");
  } else {
    check.rejected = outcome.failure.kind == ErrorKind::KeyRejected;
    check.verification = outcome.failure.verification;
    show_failure(key, outcome.failure);
  }
  work(key).check = std::move(check);
  if (!typed) load_credentials();
}

void KeysController::save(Provider provider) {
  const KeyName field{provider, {}};
  if (!check_typed(provider)) return;
  auto& typed = draft(provider);
  const auto& check = work(field).check;
  const bool verified = check && check->valid && check->edit == typed.edits();
  KeyName key = meant_by_field(provider);
  if (key.label.empty())
    key.label = pages::asks_for_label(desk_.state.keys, provider) ? *valid_label(typed.label.text()) : "default";
  work(field).task = Task::Saving;
  work(field).failure.reset();
  // As typed: the server says what it tidied.
  api::SaveCredentialRequest request{provider, typed.key.secret().clone(), key.label, {}};
  request.base_url = pages::base_url_of_field(desk_.state.keys, provider, typed);
  desk_.api.save(request, [this, field, key, verified](state::Outcome<api::Credential> outcome) {
    work(field).task = Task::None;
    if (!outcome) return show_failure(field, outcome.failure);
    take_saved(field.provider, key, std::move(*outcome));
    // What was found out about the typed key is to be known of the stored one.
    if (verified) ask_provider(key);
    else load_credentials();
  });
}

void KeysController::take_saved(Provider provider, const KeyName& key, api::Credential saved) {
  for (auto* field : {&draft(provider).key, &draft(provider).label, &draft(provider).base_url}) field->clear();
  work({provider, {}}) = {};
  work(key) = {};
  keys().fields.erase(provider);
  const std::string notice = saved.notice ? ". " + pages::sentence(*saved.notice) : "";
  put(std::move(saved));
  desk_.toasts.show(desk_.ui, name(key) + " saved" + notice);
}

void KeysController::put(api::Credential entry) {
  auto* all = keys().credentials.value();
  if (!all) return;
  const auto old = std::find_if(all->begin(), all->end(), [&](const auto& other) { return other.id == entry.id; });
  if (old == all->end()) all->push_back(std::move(entry));
  else *old = std::move(entry);
}

void KeysController::change(const KeyName& key, Task task, const api::ChangeCredentialRequest& request,
                            const std::string& done) {
  work(key).task = task;
  work(key).failure.reset();
  desk_.api.change(key, request, [this, key, done](auto outcome) { take_changed(key, std::move(outcome), done); });
}

void KeysController::undo_replacing(const KeyName& key) {
  work(key).task = Task::Undoing;
  work(key).failure.reset();
  desk_.api.undo_replacing(key, [this, key](auto outcome) {
    work(key).check.reset();
    take_changed(key, std::move(outcome), "The earlier " + name(key) + " is back");
  });
}

void KeysController::take_changed(const KeyName& key, state::Outcome<api::Credential> outcome,
                                  const std::string& done) {
  work(key).task = Task::None;
  if (outcome) {
    if ((*outcome).label != key.label) {
      keys().work.erase(key);
      keys().fields.erase(key.provider);
      desk_.ui.focus(ui::node_id(pages::key_id({key.provider, (*outcome).label}, "rename")));
    }
    put(std::move(*outcome));
    desk_.toasts.show(desk_.ui, done);
    load_failover();
  } else {
    show_failure(key, outcome.failure);
    load_credentials();
  }
}

void KeysController::open_field(Provider provider, const std::string& label) {
  keys().fields[provider] = label;
  auto& typed = draft(provider);
  if (pages::asks_for_label(desk_.state.keys, provider)) typed.label.wants_focus = true;
  else typed.key.wants_focus = true;
}

void KeysController::close_field(Provider provider) {
  const std::string label = keys().fields[provider];
  keys().fields.erase(provider);
  for (auto* field : {&draft(provider).key, &draft(provider).label, &draft(provider).base_url}) field->clear();
  work({provider, {}}) = {};
  const KeyName key{provider, label};
  desk_.ui.focus(ui::node_id(pages::key_id(key, label.empty() ? "add" : "replace")));
}

void KeysController::move_typed(Provider from) {
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

void KeysController::ask_for_label(const KeyName& key) {
  for (auto& [other, work] : keys().work) work.label_asked = false;
  work(key).label_asked = true;
  auto& field = desk_.drafts.new_label;
  field.clear();
  field.set(key.label);
  field.wants_focus = true;
}

void KeysController::rename(const KeyName& key) {
  auto& field = desk_.drafts.new_label;
  const auto label = valid_label(field.text());
  if (check(label, field) > 0) return announce_bad_fields(desk_.ui, 1);
  if (*label == key.label) return keep_label(key);
  change(key, Task::Renaming, {{}, *label}, "The key is called \u201c" + *label + "\u201d now");
}

void KeysController::keep_label(const KeyName& key) {
  work(key).label_asked = false;
  desk_.ui.focus(ui::node_id(pages::key_id(key, "rename")));
}

void KeysController::ask_to_remove(const KeyName& key) {
  work(key).removal_asked = draft(key.provider).edits();
  work(key).uses.reset();
  desk_.api.uses(key, [this, key](auto outcome) {
    if (outcome) work(key).uses = std::move(*outcome);
  });
  desk_.ui.focus(ui::node_id(pages::key_id(key, "remove.no")));
}

void KeysController::keep(const KeyName& key) {
  work(key).removal_asked.reset();
  desk_.ui.focus(ui::node_id(pages::key_id(key, "remove")));
}

void KeysController::remove(const KeyName& key) {
  work(key).task = Task::Removing;
  work(key).failure.reset();
  desk_.api.remove(key, [this, key](state::Outcome<api::Done> outcome) {
    work(key).task = Task::None;
    work(key).removal_asked.reset();
    // Gone already, perhaps by another window, is as good as removed.
    if (!outcome && outcome.failure.kind != ErrorKind::NotFound) return show_failure(key, outcome.failure);
    desk_.toasts.show(desk_.ui, name(key) + " removed");
    if (auto* all = keys().credentials.value())
      std::erase_if(*all, [&](const auto& one) { return one.provider == key.provider && one.label == key.label; });
    keys().work.erase(key);
    keys().fields.erase(key.provider);
    if (pages::label_of_field(keys(), key.provider)) draft(key.provider).key.wants_focus = true;
    else desk_.ui.focus(ui::node_id(pages::key_id({key.provider, {}}, "add")));
    load_credentials();
  });
}

void KeysController::move_up(const KeyName& key) {
  api::Failover failover = pages::failover_of(keys(), key.provider);
  auto& order = failover.order;
  const auto found = std::find(order.begin(), order.end(), key.label);
  if (found == order.begin() || found == order.end()) return;
  std::iter_swap(found, found - 1);
  desk_.ui.announce(name(key) + " is number " + std::to_string(found - order.begin()) + " now.");
  set_failover(key.provider, std::move(failover));
}

void KeysController::set_failover(Provider provider, api::Failover failover) {
  api::FailoverSettings settings;
  settings.of(provider) = std::move(failover);
  desk_.api.set_failover(settings, [this, provider](state::Outcome<api::FailoverSettings> outcome) {
    if (!outcome) return show_failure({provider, {}}, outcome.failure);
    keys().failover.set(std::move(*outcome));
  });
}

}  // namespace ownkey::app
