// What all forms have in common: checking their fields before they are sent, and saying where it failed afterwards.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "shared/result.h"
#include "web/app/desk.h"
#include "web/pages/format.h"

namespace ownkey::app {

// Puts the error, if any, under the field; returns how many there are. To be called for the last field first: the one
// that is checked last gets the focus.
template <class T>
int check(const Result<T>& result, ui::FieldState& field) {
  if (result) return 0;
  field.fail(pages::sentence(result.error().public_text));
  return 1;
}

// The same for a field that may hold anything but nothing.
int check_given(ui::FieldState& field, std::string_view request);

// Fields by the names that they have in the request.
using Fields = std::initializer_list<std::pair<std::string_view, ui::FieldState*>>;

// How things were when a form was sent: people type on, and go elsewhere, before the answer comes.
struct Sent {
  std::uint32_t edits = 0;
  platform::NodeId focus = platform::kNoNode;

  // Whether the focus may be moved for the answer: not when somebody types in another place by then.
  bool is_waited_for(const ui::Ui& ui) const { return ui.focused() == focus || ui.focused() == platform::kNoNode; }
};

template <class Draft>
Sent sent_now(const ui::Ui& ui, const Draft& draft) {
  return {draft.edits(), ui.focused()};
}
template <class Draft>
Sent begin(const ui::Ui& ui, state::Form& form, const Draft& draft) {
  form = {.busy = true};
  return sent_now(ui, draft);
}

// The form is no longer under way. What failed is said under the field at fault if there is one, else over the button.
// `edits` is of the form as it is now.
void end_in_failure(ui::Ui& ui, state::Form& form, state::Failure failure, std::uint32_t edits, Fields fields,
                    bool takes_focus = true);

}  // namespace ownkey::app
