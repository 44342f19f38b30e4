// The few small marks, drawn by lines; each only repeats what a text beside it says.
#pragma once

#include "web/ui/ui.h"

namespace ownkey::ui {

enum class Icon { Check, Cross, Dash, Back, Forward, Down, Warning };

// Within a square of that size whose top left corner is given.
void icon(Ui& ui, Icon icon, float x, float y, float size, Color color);

// Turns while motion is welcome; asks for the frames that this takes.
void spinner(Ui& ui, float x, float y, float size, Color color);

// The mark of Ownkey: a key in a rounded square.
void brand_mark(Ui& ui, float x, float y, float size);

}  // namespace ownkey::ui
