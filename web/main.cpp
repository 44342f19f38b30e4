// The page's composition root.
#include "web/app/app.h"
#include "web/platform/browser/browser_platform.h"

int main() {
  // Never deleted: main returns at once, the browser calls from then on, and both go with the page.
  auto* platform = new ownkey::platform::BrowserPlatform;
  platform->start(*new ownkey::app::App(*platform));
}
