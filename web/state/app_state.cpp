#include "web/state/app_state.h"

namespace ownkey::state {

void forget_unreachable(AppState& state) {
  const auto forget = [](std::optional<Failure>& failure) {
    if (failure && failure->offline) failure.reset();
  };
  forget(state.entry.failure);
  for (auto& [key, work] : state.keys.work) forget(work.failure);
  auto& account = state.account;
  for (Form* form : {&account.profile, &account.password, &account.sessions, &account.deletion,
                     &account.two_factor.form, &state.preferences.form, &state.usage.form})
    forget(form->failure);
  forget(state.activity.failure);
  forget(state.workflows.failure);
  for (auto& [id, open] : state.workflows.open) {
    forget(open.failure);
    forget(open.starting.failure);
    forget(open.deletion.failure);
  }
}

}  // namespace ownkey::state
