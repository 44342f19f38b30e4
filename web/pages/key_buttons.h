// The buttons of a key card: what each asks for, and how it reads.
#pragma once

#include <string_view>

#include "web/pages/key_card.h"
#include "web/ui/button.h"

namespace ownkey::pages {

using state::action::KeyWish;
using Task = state::KeyWork::Task;

struct KeyButton {
  KeyWish wish;
  std::string_view part, label;
  ui::Look look = ui::Look::Secondary;
  Task task = Task::None;
  std::string_view busy_label = {};
};

inline constexpr KeyButton kVerify{KeyWish::Verify,     "verify",        "Verify",
                                   ui::Look::Secondary, Task::Verifying, "Verifying"};
inline constexpr KeyButton kSave{KeyWish::Save, "save", "Save", ui::Look::Primary, Task::Saving, "Saving"};
inline constexpr KeyButton kCancel{KeyWish::CloseField, "cancel", "Cancel"};
inline constexpr KeyButton kOff{KeyWish::SwitchOff,  "switch",        "Switch off",
                                ui::Look::Secondary, Task::Switching, "Switching off"};
inline constexpr KeyButton kOn{KeyWish::SwitchOn,   "switch",        "Switch on",
                               ui::Look::Secondary, Task::Switching, "Switching on"};
inline constexpr KeyButton kRemove{KeyWish::AskToRemove, "remove", "Remove", ui::Look::Danger};
inline constexpr KeyButton kReplace{KeyWish::Replace, "replace", "Replace"};
inline constexpr KeyButton kRename{KeyWish::AskForLabel, "rename", "Rename"};
inline constexpr KeyButton kMoveUp{KeyWish::MoveUp, "up", "Move up"};
inline constexpr KeyButton kAdd{KeyWish::Add, "add", "Add another"};
inline constexpr KeyButton kSaveLabel{KeyWish::Rename,   "label.save",   "Save label of",
                                      ui::Look::Primary, Task::Renaming, "Saving label of"};
inline constexpr KeyButton kKeepLabel{KeyWish::KeepLabel, "label.keep", "Keep label of"};
inline constexpr KeyButton kReallyRemove{KeyWish::Remove,        "remove.yes",   "Really remove",
                                         ui::Look::DangerFilled, Task::Removing, "Removing"};
inline constexpr KeyButton kKeep{KeyWish::Keep, "remove.no", "Keep"};
inline constexpr KeyButton kUndo{KeyWish::Undo, "undo", "Undo", ui::Look::Secondary, Task::Undoing, "Undoing"};

// A ghost does not show that it is busy, so that the row has no holes for it: the state of its key does.
void draw_button(ui::ButtonRow& row, const CardView& view, const state::KeyName& key, const KeyButton& button,
                 bool ghost = false);

}  // namespace ownkey::pages
