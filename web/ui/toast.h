// Toasts: short notices in a corner that go by themselves. They are announced when shown; what is wrong is never said
// by a toast alone.
#pragma once

#include <string>
#include <vector>

#include "web/ui/ui.h"

namespace ownkey::ui {

class Toasts {
 public:
  void show(Ui& ui, std::string text);
  void draw(Ui& ui);

 private:
  struct Toast {
    std::string text;
    double until_s;
  };
  std::vector<Toast> toasts_;
};

}  // namespace ownkey::ui
