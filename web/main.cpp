// The page's composition root.
#include "web/app/app.h"
#include "web/platform/browser/browser_platform.h"

int main() {
  // They live as long as the page: main returns at once, and the browser calls from then on.
  static ownkey::platform::BrowserPlatform platform;
  static ownkey::app::App app(platform);
  platform.start(app);
}
