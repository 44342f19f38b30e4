#include "web/app/keys_controller.h"

namespace ownkey::app {
namespace {

using state::action::KeyWish;

// The others open and close what is asked of the person.
bool asks_server(KeyWish wish) {
  return wish == KeyWish::Verify || wish == KeyWish::Save || wish == KeyWish::SwitchOn || wish == KeyWish::SwitchOff ||
         wish == KeyWish::Undo || wish == KeyWish::Rename || wish == KeyWish::Remove;
}

}  // namespace

void KeysController::carry_out(const state::action::OnKey& action) {
  using Task = state::KeyWork::Task;
  const KeyName& key = action.key;
  // One thing at a time is done with a key. A check changes nothing, so that nobody has to wait for it.
  auto& work = desk_.state.keys.work[key];
  if (asks_server(action.wish) && work.task != Task::None) {
    if (work.task != Task::Verifying || action.wish == KeyWish::Verify) return;
    work.task = Task::None;
    work.check_awaited = 0;
  }
  switch (action.wish) {
    case KeyWish::Verify: return entry_.verify(key);
    case KeyWish::Save: return entry_.save(key.provider);
    case KeyWish::SwitchOn: return stored_.change(key, Task::Switching, {true, {}}, stored_.name(key) + " switched on");
    case KeyWish::SwitchOff:
      return stored_.change(key, Task::Switching, {false, {}}, stored_.name(key) + " switched off");
    case KeyWish::Undo: return stored_.undo_replacing(key);
    case KeyWish::Replace: return entry_.open_field(key.provider, key.label);
    case KeyWish::Add: return entry_.open_field(key.provider, {});
    case KeyWish::CloseField: return entry_.close_field(key.provider);
    case KeyWish::MoveTyped: return entry_.move_typed(key.provider);
    case KeyWish::AskForLabel: return stored_.ask_for_label(key);
    case KeyWish::Rename: return stored_.rename(key);
    case KeyWish::KeepLabel: return stored_.keep_label(key);
    case KeyWish::AskToRemove: return stored_.ask_to_remove(key);
    case KeyWish::Keep: return stored_.keep(key);
    case KeyWish::Remove: return stored_.remove(key);
    case KeyWish::MoveUp: return stored_.move_up(key);
    case KeyWish::SwitchFailover: return stored_.switch_failover(key.provider);
  }
}

}  // namespace ownkey::app
