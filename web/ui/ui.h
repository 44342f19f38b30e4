// Ui: one page's picture and mirror, made anew in each pass. Widgets are free functions that take it (see the other
// headers of this folder): each draws and records its mirror node in one call.
//
// A frame is: begin_frame, then passes of begin_pass … end_pass until nothing more changes, then end_frame, which shows
// the last pass. Several passes in one frame keep the picture from being a step behind what was clicked.
// One thread; the platform is borrowed and must outlive it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "web/platform/platform.h"
#include "web/ui/brush.h"
#include "web/ui/mirror.h"
#include "web/ui/mirror_guard.h"
#include "web/ui/text_painter.h"
#include "web/ui/theme.h"

struct ImGuiContext;

namespace ownkey::ui {

// Where the next widget goes, and how wide it may be.
struct Pen {
  float x = 0, y = 0, width = 0;
  bool operator==(const Pen&) const = default;
};

struct Interaction {
  bool hovered = false;
  bool held = false;
  bool focused = false;
  bool ring = false;       // a focus ring is due
  bool activated = false;  // clicked, in whatever way
};

class Ui {
 public:
  explicit Ui(platform::Platform& platform);
  ~Ui();

  // Frames: for web/app.
  void begin_frame(const platform::Frame& frame);
  bool handle(platform::Event& event);  // true if the event was the ui's own business
  void begin_pass();
  bool end_pass();  // true if another pass is needed
  platform::Pacing end_frame();

  // What widgets and pages build on.
  const Theme& theme() const { return dark_ ? dark_theme() : light_theme(); }
  const Metrics& metrics() const { return metrics_; }
  TextStyle style(Type type) const { return metrics_.style(type); }
  float width() const { return width_; }  // of the page
  float height() const { return content_height_; }
  float viewport_height() const { return viewport_height_; }
  float viewport_bottom() const { return scroll_y_ + viewport_height_; }
  float viewport_top() const { return scroll_y_; }
  float pixel_ratio() const { return pixel_ratio_; }
  bool narrow() const { return width_ < kNarrowBelow * metrics_.scale; }
  bool reduced_motion() const { return reduced_motion_; }
  double now() const { return now_s_; }
  double unix_now() const { return unix_s_; }
  int utc_offset_min(double unix_s) const;

  Pen& pen() { return pen_; }
  void gap(float height) { pen_.y += height; }
  Brush& brush() { return brush_; }
  TextPainter& text() { return text_; }
  Mirror& mirror() { return mirror_; }

  Interaction interact(NodeId id, const Rect& rect);
  bool dismissed() const { return dismissed_ && reachable_; }  // Escape was pressed: what is only asked is taken back
  bool is_focused(NodeId id) const { return focused_ == id; }
  NodeId focused() const { return focused_; }
  void draw_ring(const Rect& rect, float radius);

  // The page is at least this high.
  void reserve_height(float bottom) { bottom_ = bottom_ > bottom ? bottom_ : bottom; }

  // Whether the person can get at what is drawn from now on. Not so behind a dialog (see dialog.h).
  void set_reachable(bool reachable) { reachable_ = reachable; }

  // Takes the focus once this frame is shown; of several that only offer to take it, the first.
  void focus(NodeId id) {
    if (reachable_) focus_wanted_ = id;
  }
  void offer_focus(NodeId id) { focus(focus_wanted_.value_or(id)); }
  void focus_heading() { heading_wants_focus_ = true; }
  bool take_heading_focus() { return std::exchange(heading_wants_focus_, false); }

  void announce(std::string_view text, platform::Urgency urgency = platform::Urgency::Polite);

  // Draw again: with the next refresh of the screen; after a while; whenever the page is scrolled.
  void animate() { wake_in(0); }
  void wake_in(double seconds);
  void follow_scrolling() { pacing_.while_scrolling = true; }

 private:
  platform::Platform& platform_;
  ImGuiContext* context_;
  TextPainter text_;
  Brush brush_{text_};
  Mirror mirror_;
  MirrorGuard guard_;

  Metrics metrics_;
  bool dark_ = false, reduced_motion_ = false;
  float width_ = 0, viewport_height_ = 0, scroll_y_ = 0, pixel_ratio_ = 1;
  double now_s_ = 0, unix_s_ = 0, last_pass_s_ = 0;
  mutable double offset_quarter_ = -1;  // of an hour, that the platform was asked about last in this frame
  mutable int offset_min_ = 0;

  Pen pen_;
  float bottom_ = 0, content_height_ = 0;
  platform::Pacing pacing_;

  std::vector<NodeId> activated_;
  bool dismissed_ = false;
  bool reachable_ = true;
  bool clicked_ = false;  // this pass began with clicks or Escape, so what it drew may be out of date
  NodeId focused_ = platform::kNoNode;
  bool focus_visible_ = false;
  std::optional<NodeId> focus_wanted_;
  bool heading_wants_focus_ = false;
};

// A container of the mirror, open as long as it lives: "main", "section", "ul".
class Group {
 public:
  Group(Ui& ui, std::string_view tag, std::string_view name, Attributes attributes = {}) : ui_(ui) {
    ui.mirror().open(tag, name, std::move(attributes));
  }
  ~Group() { ui_.mirror().close(); }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

 private:
  Ui& ui_;
};

}  // namespace ownkey::ui
