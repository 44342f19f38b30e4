#include "web/app/desk.h"

#include <string>

namespace ownkey::app {

void announce_bad_fields(ui::Ui& ui, int count) {
  ui.announce(count == 1 ? "One field needs your attention." : std::to_string(count) + " fields need your attention.",
              platform::Urgency::Assertive);
}

}  // namespace ownkey::app
