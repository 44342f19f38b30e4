// Platform: the whole of the outside world, behind one interface. web/platform/browser implements it on a browser,
// NullPlatform for native tests. Above this folder nothing knows of a browser.
//
// One thread. The platform calls Client::frame when something happened or a requested moment came; between frames
// nothing runs. All calls return at once; what takes time answers by an Event.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/secret.h"
#include "web/platform/event.h"
#include "web/platform/font.h"
#include "web/platform/mirror_node.h"

struct ImDrawData;

namespace ownkey::platform {

// What the person asked of their system.
struct Preferences {
  bool dark = false;
  bool reduced_motion = false;
  bool coarse_pointer = false;  // fingers: larger targets
  float text_scale = 1;         // the root font size over the usual 16 px
};

struct Frame {
  double now_s = 0;             // goes on evenly; from when is unknown
  double unix_s = 0;            // what the clock on the wall says, in seconds since 1970
  float width = 0, height = 0;  // of the viewport
  float scroll_y = 0;
  float pixel_ratio = 1;  // device pixels per CSS pixel that the canvas has
  Preferences preferences;
  std::vector<Event> events;
};

// What the person chose instead of what their system says. What is empty is as the system has it.
struct Look {
  std::optional<bool> dark;
  std::optional<float> text_scale;
  bool reduce_motion = false;
  bool operator==(const Look&) const = default;
};

// When to draw again if nothing happens before.
struct Pacing {
  std::optional<double> after_s;  // empty: not at all; 0: with the next refresh of the screen
  bool while_scrolling = false;   // something in the picture stays put in the viewport
};

class Client {
 public:
  virtual ~Client() = default;
  virtual Pacing frame(Frame frame) = 0;
};

enum class Urgency { Polite, Assertive };
enum class History { Push, Replace };

struct HttpRequest {
  std::string_view method;
  std::string path;
  Secret json_body;     // empty: none is sent. Wiped as soon as it is on its way
  std::string user_id;  // whom it is made for; empty: nobody yet
};

class Platform {
 public:
  virtual ~Platform() = default;

  // Picture. `resize` tells how high the content is, and says which pixel ratio is possible.
  virtual TextMetrics measure(std::string_view text, const Font& font) = 0;
  // From the top of a line of that height down to where the browser puts its baseline. CSS pixels.
  virtual float baseline(const Font& font, float line_height) = 0;
  virtual void rasterise(std::string_view text, const Font& font, std::uint32_t rgb, const TextMetrics& metrics,
                         const PixelTarget& target) = 0;
  virtual float resize(float content_height) = 0;
  virtual void paint(ImDrawData& picture) = 0;

  // Mirror. `show` takes the whole list; ids that were there keep their element, and with it focus and typed text.
  virtual void show(const std::vector<MirrorNode>& nodes) = 0;
  virtual void set_text(NodeId field, std::string_view text) = 0;
  virtual void focus(NodeId id) = 0;
  virtual void announce(std::string_view text, Urgency urgency) = 0;

  // Page.
  virtual void set_address(std::string_view address, History history) = 0;
  virtual void set_title(std::string_view title) = 0;
  virtual void guard_leaving(bool guard) = 0;    // whether to ask before the page is closed or loaded again
  virtual void copy(std::string_view text) = 0;  // answered by Copied
  virtual void pick_file() = 0;  // one with JSON; answered by FilePicked, unless the person thinks better

  // From the next frame on, and from the first one when the page is opened again.
  virtual void set_look(const Look& look) = 0;

  // Minutes to add to UTC where the person is, at that moment.
  virtual int utc_offset_min(double unix_s) = 0;

  // Own server, with the session cookie. Answered by Answered, unless abandoned first.
  virtual RequestId send(HttpRequest request) = 0;
  // A stream of server-sent events with these names, separated by spaces: Streamed for each, from the last one seen on
  // after a lost connection. Answered only if there is no stream; goes on until it is abandoned.
  virtual RequestId follow(std::string_view path, std::string_view event_names) = 0;
  virtual void abandon(RequestId id) = 0;

  // A broken promise of our own code, found by a debug build; must not go unseen.
  virtual void report_defect(std::string_view text) = 0;
};

}  // namespace ownkey::platform
