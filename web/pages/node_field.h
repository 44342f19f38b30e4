// A field of a node, or of a run, in whatever way it is entered.
#pragma once

#include <string>
#include <string_view>

#include "web/state/app_state.h"
#include "web/state/node_kinds.h"
#include "web/ui/field_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// `data` is the node's, for what depends on another of its fields.
void draw_node_field(ui::Ui& ui, const state::AppState& state, const json& data, const state::NodeField& field,
                     std::string_view name, ui::FieldState& draft);

}  // namespace ownkey::pages
