// What all forms have in common: checking their fields before they are sent, and saying where it failed afterwards.
#pragma once

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

// The form is no longer under way. What failed is said under the field at fault if there is one, else over the button.
void end_in_failure(ui::Ui& ui, state::Form& form, state::Failure failure, std::uint32_t edits, Fields fields);

}  // namespace ownkey::app
