// Fields: a label, a real input (or text area, or choice), help or in its place an error, and Show/Hide for secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/field_state.h"
#include "web/ui/ui.h"

namespace ownkey::ui {

enum class FieldKind { Text, Email, Number, Password, Key, Multiline, Select };

struct Option {
  std::string value, label;
  std::string group = {};
};

struct FieldSpec {
  std::string_view name;
  std::string_view label;
  FieldKind kind = FieldKind::Text;
  std::string_view autocomplete = "off";
  std::string_view help = {};
  std::string_view placeholder = {};
  std::string secret_name = {};  // what Show and Hide name: "Show OpenAI key"
  bool mono = false;
  int rows = 1;        // Multiline only
  bool fixed = false;  // to read and copy alone
  // Of a Select. A Text that has some offers them beside it and takes anything else, too.
  const std::vector<Option>* options = nullptr;
  std::string_view options_name = {};  // of a Text's offer
  std::string_view options_text = {};  // of a Select, where it is kept because there are very many
};

// The options as they go to the browser.
std::string options_text(const std::vector<Option>& options);

void field(Ui& ui, const FieldSpec& spec, FieldState& state);

// The fields and the submitting button between its making and its end belong together: Enter submits.
class Form : public Group {
 public:
  Form(Ui& ui, std::string_view name) : Group(ui, "form", name, {{"novalidate", ""}, {"autocomplete", "on"}}) {}
};

}  // namespace ownkey::ui
