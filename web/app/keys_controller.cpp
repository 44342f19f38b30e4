#include "web/app/keys_controller.h"

#include <algorithm>

#include "shared/validation.h"
#include "web/pages/format.h"

namespace ownkey::app {

using Task = state::KeyCard::Task;

void KeysController::load() {
  auto& providers = desk_.state.keys.providers;
  if (!providers.value() && !providers.loading()) {
    providers.load(desk_.ui.now());
    desk_.api.providers([this](auto outcome) { desk_.state.keys.providers.take(std::move(outcome)); });
  }
  load_credentials();
}

void KeysController::load_credentials() {
  auto& credentials = desk_.state.keys.credentials;
  if (credentials.loading()) return;
  credentials.load(desk_.ui.now());
  desk_.api.credentials([this](auto outcome) { desk_.state.keys.credentials.take(std::move(outcome)); });
}

const api::Credential* KeysController::stored(Provider provider) const {
  const auto* all = desk_.state.keys.credentials.value();
  if (!all) return nullptr;
  const auto found =
      std::find_if(all->begin(), all->end(), [&](const auto& entry) { return entry.provider == provider; });
  return found == all->end() ? nullptr : &*found;
}

api::KeyName KeysController::key(Provider provider) const {
  const auto* entry = stored(provider);
  return entry ? api::KeyName{provider, entry->label} : api::KeyName{provider};
}

// Whether a key can be what is in the field; otherwise says under the field why not.
bool KeysController::check_typed(Provider provider) {
  draft(provider).error.clear();
  const auto key = valid_api_key(draft(provider).secret());
  if (key) return true;
  draft(provider).fail(pages::sentence(key.error().public_text));
  announce_bad_fields(desk_.ui, 1);
  return false;
}

// Under the field only what is the fault of what is in it.
void KeysController::show_failure(Provider provider, const state::Failure& failure, bool of_typed_key) {
  if (is_session_loss(failure)) return;
  const bool at_fault = failure.field == "api_key" || failure.kind == ErrorKind::KeyRejected;
  if (of_typed_key && at_fault) {
    draft(provider).fail(pages::sentence(failure.text));
    announce_bad_fields(desk_.ui, 1);
  } else {
    card(provider).failure = failure;
    card(provider).failure->edit = draft(provider).edits();
  }
}

void KeysController::verify(Provider provider) {
  if (card(provider).task != Task::None) return;
  const bool typed = !draft(provider).empty() || !stored(provider);
  if (typed && !check_typed(provider)) return;
  desk_.ui.announce("Checking the " + name(provider) + ".");
  ask_provider(provider, typed);
}

void KeysController::ask_provider(Provider provider, bool typed) {
  card(provider) = {.task = Task::Verifying};
  const auto then = [this, provider, typed, edit = draft(provider).edits()](auto outcome) {
    take_check(provider, typed, edit, std::move(outcome));
  };
  if (typed) desk_.api.verify({provider, draft(provider).secret().clone(), {}}, then);
  else desk_.api.verify_stored(key(provider), then);
}

void KeysController::take_check(Provider provider, bool typed, std::uint32_t edit,
                                state::Outcome<api::VerifiedAnswer> outcome) {
  card(provider).task = Task::None;
  state::KeyCheck check{.of_typed_key = typed, .edit = edit, .verification = {}};
  if (outcome) {
    check.valid = true;
    check.verification = std::move((*outcome).verification);
    desk_.ui.announce(name(provider) + " works.");
  } else {
    check.rejected = outcome.failure.kind == ErrorKind::KeyRejected;
    check.verification = outcome.failure.verification;
    show_failure(provider, outcome.failure, typed);
  }
  card(provider).check = std::move(check);
  if (!typed) load_credentials();
}

void KeysController::save(Provider provider) {
  if (card(provider).task != Task::None) return;
  if (!check_typed(provider)) return;
  const auto& check = card(provider).check;
  const bool verified = check && check->valid && check->of_typed_key && check->edit == draft(provider).edits();
  card(provider).task = Task::Saving;
  card(provider).failure.reset();
  // As typed: the server says what it tidied.
  const api::SaveCredentialRequest request{provider, draft(provider).secret().clone(), key(provider).label, {}};
  desk_.api.save(request, [this, provider, verified](state::Outcome<api::Credential> outcome) {
    card(provider).task = Task::None;
    if (!outcome) return show_failure(provider, outcome.failure, true);
    take_saved(provider, std::move(*outcome));
    // What was found out about the typed key is to be known of the stored one.
    if (verified) ask_provider(provider, false);
    else load_credentials();
  });
}

void KeysController::take_saved(Provider provider, api::Credential saved) {
  draft(provider).clear();
  card(provider).check.reset();
  desk_.toasts.show(desk_.ui, name(provider) + " saved" + (saved.notice ? ". " + pages::sentence(*saved.notice) : ""));
  put(std::move(saved));
}

void KeysController::put(api::Credential entry) {
  auto* all = desk_.state.keys.credentials.value();
  if (!all) return;
  const auto old = std::find_if(all->begin(), all->end(), [&](const auto& other) { return other.id == entry.id; });
  if (old == all->end()) all->push_back(std::move(entry));
  else *old = std::move(entry);
}

void KeysController::switch_key(Provider provider, bool on) {
  if (card(provider).task != Task::None) return;
  card(provider).task = Task::Switching;
  card(provider).failure.reset();
  desk_.api.change(key(provider), {on, {}}, [this, provider, on](auto outcome) {
    take_changed(provider, std::move(outcome), name(provider) + (on ? " switched on" : " switched off"));
  });
}

void KeysController::undo_replacing(Provider provider) {
  if (card(provider).task != Task::None) return;
  card(provider).task = Task::Undoing;
  card(provider).failure.reset();
  desk_.api.undo_replacing(key(provider), [this, provider](auto outcome) {
    card(provider).check.reset();
    take_changed(provider, std::move(outcome), "The earlier " + name(provider) + " is back");
  });
}

void KeysController::take_changed(Provider provider, state::Outcome<api::Credential> outcome, const std::string& done) {
  card(provider).task = Task::None;
  if (outcome) {
    put(std::move(*outcome));
    desk_.toasts.show(desk_.ui, done);
  } else {
    show_failure(provider, outcome.failure, false);
    load_credentials();
  }
}

void KeysController::ask_to_remove(Provider provider) {
  card(provider).removal_asked = draft(provider).edits();
  card(provider).uses.reset();
  desk_.api.uses(key(provider), [this, provider](auto outcome) {
    if (outcome) card(provider).uses = std::move(*outcome);
  });
  desk_.ui.focus(ui::node_id("key." + std::string(name_of(provider)) + ".remove.no"));
}

void KeysController::keep(Provider provider) {
  card(provider).removal_asked.reset();
  desk_.ui.focus(ui::node_id("key." + std::string(name_of(provider)) + ".remove"));
}

void KeysController::remove(Provider provider) {
  if (card(provider).task != Task::None) return;
  card(provider).task = Task::Removing;
  card(provider).failure.reset();
  desk_.api.remove(key(provider), [this, provider, label = key(provider).label](state::Outcome<api::Done> outcome) {
    card(provider).task = Task::None;
    card(provider).removal_asked.reset();
    // Gone already, perhaps by another window, is as good as removed.
    if (!outcome && outcome.failure.kind != ErrorKind::NotFound) return show_failure(provider, outcome.failure, false);
    card(provider).check.reset();
    desk_.toasts.show(desk_.ui, name(provider) + " removed");
    draft(provider).wants_focus = true;
    if (auto* all = desk_.state.keys.credentials.value())
      std::erase_if(*all, [&](const auto& entry) { return entry.provider == provider && entry.label == label; });
    load_credentials();
  });
}

}  // namespace ownkey::app
