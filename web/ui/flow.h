// Flow: things side by side, going on in the next row where the pen's width ends.
#pragma once

#include "web/ui/ui.h"

namespace ownkey::ui {

class Flow {
 public:
  Flow(Ui& ui, float row_height, float gap) : ui_(ui), row_height_(row_height), gap_(gap), x_(ui.pen().x) {}
  // Leaves the pen below the last row.
  ~Flow();
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  // The place of the next thing.
  Rect next(float width);

 private:
  Ui& ui_;
  float row_height_, gap_, x_;
  bool empty_ = true;
};

}  // namespace ownkey::ui
