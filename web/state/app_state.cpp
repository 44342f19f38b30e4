#include "web/state/app_state.h"

namespace ownkey::state {

void forget_unreachable(AppState& state) {
  const auto forget = [](std::optional<Failure>& failure) {
    if (failure && failure->offline) failure.reset();
  };
  forget(state.entry.failure);
  for (auto& [provider, card] : state.keys.cards) forget(card.failure);
  for (Form* form : {&state.account.profile, &state.account.password, &state.account.sessions, &state.account.deletion})
    forget(form->failure);
  forget(state.workflows.failure);
  for (auto& [id, open] : state.workflows.open) {
    forget(open.failure);
    forget(open.starting.failure);
  }
}

}  // namespace ownkey::state
