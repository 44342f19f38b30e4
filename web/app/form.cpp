#include "web/app/form.h"

namespace ownkey::app {

int check_given(ui::FieldState& field, std::string_view request) {
  return check(field.empty() ? Result<void>(invalid("", std::string(request))) : Result<void>(), field);
}

void end_in_failure(ui::Ui& ui, state::Form& form, state::Failure failure, std::uint32_t edits, Fields fields,
                    bool takes_focus) {
  form.busy = false;
  for (const auto& [name, field] : fields) {
    if (failure.field != name) continue;
    field->fail(pages::sentence(failure.text), takes_focus);
    return announce_bad_fields(ui, 1);
  }
  failure.edit = edits;
  form.failure = std::move(failure);
}

}  // namespace ownkey::app
