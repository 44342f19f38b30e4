#include "web/app/stored_keys.h"

#include <algorithm>

#include "shared/validation.h"
#include "web/app/form.h"
#include "web/pages/key_view.h"

namespace ownkey::app {

void StoredKeys::load() {
  auto& providers = keys().providers;
  if (!providers.value() && !providers.loading()) {
    providers.load(desk_.ui.now());
    desk_.api.providers([this](auto outcome) { keys().providers.take(std::move(outcome)); });
  }
  load_credentials();
}

void StoredKeys::load_credentials() {
  keys().credentials.load(desk_.ui.now());
  desk_.api.credentials([this, load = ++loads_](auto outcome) {
    if (load != loads_) return;
    keys().credentials.take(std::move(outcome));
    load_failover();
  });
}

// Keys that stand alone have no order.
void StoredKeys::load_failover() {
  if (!keys().credentials.value() || keys().failover.loading()) return;
  const auto& all = *keys().credentials.value();
  const bool any = std::any_of(all.begin(), all.end(),
                               [&](const auto& one) { return pages::keys_of(keys(), one.provider).size() > 1; });
  if (!any) return;
  keys().failover.load(desk_.ui.now());
  desk_.api.failover([this](auto outcome) { keys().failover.take(std::move(outcome)); });
}

std::string StoredKeys::name(const KeyName& key) const { return pages::key_name(desk_.state.keys, key); }

void StoredKeys::put(api::Credential entry) {
  auto* all = keys().credentials.value();
  if (!all) return;
  const auto old = std::find_if(all->begin(), all->end(), [&](const auto& other) { return other.id == entry.id; });
  if (old == all->end()) all->push_back(std::move(entry));
  else *old = std::move(entry);
}

void StoredKeys::show_failure(const KeyName& key, const state::Failure& failure, bool takes_focus) {
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
    field->fail(pages::sentence(failure.text), takes_focus);
    announce_bad_fields(desk_.ui, 1);
  } else {
    work(key).failure = failure;
    if (key.label.empty()) work(key).failure->edit = typed.edits();
  }
}

void StoredKeys::change(const KeyName& key, Task task, const api::ChangeCredentialRequest& request,
                        const std::string& done) {
  work(key).task = task;
  work(key).failure.reset();
  desk_.api.change(key, request, [this, key, done](auto outcome) { take_changed(key, std::move(outcome), done); });
}

void StoredKeys::undo_replacing(const KeyName& key) {
  work(key).task = Task::Undoing;
  work(key).failure.reset();
  desk_.api.undo_replacing(key, [this, key](auto outcome) {
    work(key).check.reset();
    take_changed(key, std::move(outcome), "The earlier " + name(key) + " is back");
  });
}

void StoredKeys::take_changed(const KeyName& key, state::Outcome<api::Credential> outcome, const std::string& done) {
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

void StoredKeys::ask_for_label(const KeyName& key) {
  for (auto& [other, work] : keys().work) work.label_asked = false;
  work(key).label_asked = true;
  auto& field = desk_.drafts.new_label;
  field.clear();
  field.set(key.label);
  field.wants_focus = true;
}

void StoredKeys::rename(const KeyName& key) {
  auto& field = desk_.drafts.new_label;
  const auto label = valid_label(field.text());
  if (check(label, field) > 0) return announce_bad_fields(desk_.ui, 1);
  if (*label == key.label) return keep_label(key);
  change(key, Task::Renaming, {{}, *label}, "The key is called \u201c" + *label + "\u201d now");
}

void StoredKeys::keep_label(const KeyName& key) {
  work(key).label_asked = false;
  desk_.ui.focus(ui::node_id(pages::key_id(key, "rename")));
}

void StoredKeys::ask_to_remove(const KeyName& key) {
  work(key).removal_asked = draft(key.provider).edits();
  work(key).uses.reset();
  desk_.api.uses(key, [this, key](auto outcome) {
    if (outcome) work(key).uses = std::move(*outcome);
  });
  desk_.ui.focus(ui::node_id(pages::key_id(key, "remove.no")));
}

void StoredKeys::keep(const KeyName& key) {
  work(key).removal_asked.reset();
  desk_.ui.focus(ui::node_id(pages::key_id(key, "remove")));
}

void StoredKeys::remove(const KeyName& key) {
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

void StoredKeys::move_up(const KeyName& key) {
  api::Failover failover = pages::failover_of(keys(), key.provider);
  auto& order = failover.order;
  const auto found = std::find(order.begin(), order.end(), key.label);
  if (found == order.begin() || found == order.end()) return;
  std::iter_swap(found, found - 1);
  desk_.ui.announce(name(key) + " is number " + std::to_string(found - order.begin()) + " now.");
  set_failover(key.provider, std::move(failover));
}

void StoredKeys::switch_failover(Provider provider) {
  api::Failover failover = pages::failover_of(keys(), provider);
  failover.enabled = !failover.enabled;
  set_failover(provider, std::move(failover));
}

void StoredKeys::set_failover(Provider provider, api::Failover failover) {
  api::FailoverSettings settings;
  settings.of(provider) = failover;
  // At once, as the next click goes on from here.
  if (auto* known = keys().failover.value()) known->of(provider) = std::move(failover);
  desk_.api.set_failover(settings, [this, provider](state::Outcome<api::FailoverSettings> outcome) {
    if (outcome) return;
    show_failure({provider, {}}, outcome.failure);
    load_failover();
  });
}

}  // namespace ownkey::app
