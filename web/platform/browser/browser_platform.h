// BrowserPlatform: the Platform that a browser offers. C++ side; the JavaScript files beside it do the rest.
// It must live as long as the page: JavaScript keeps its address.
#pragma once

#include <string>
#include <vector>

#include "web/platform/browser/painter.h"
#include "web/platform/platform.h"

namespace ownkey::platform {

class BrowserPlatform final : public Platform {
 public:
  // Starts to listen and asks for the first frame. The client must live as long as the page, too.
  void start(Client& client);

  // Called by JavaScript.
  void happened(Event event) { events_.push_back(std::move(event)); }
  // Of several moves only the last one counts; most of them are worth no frame.
  void pointer_moved(float x, float y) {
    if (!events_.empty() && std::holds_alternative<PointerMoved>(events_.back())) events_.pop_back();
    happened(PointerMoved{x, y});
  }
  double draw_frame(Frame frame);  // seconds to the next one; negative: none is wanted

  TextMetrics measure(std::string_view text, const Font& font) override;
  float baseline(const Font& font, float line_height) override;
  void rasterise(std::string_view text, const Font& font, std::uint32_t rgb, const TextMetrics& metrics,
                 const PixelTarget& target) override;
  float resize(float content_height) override;
  void paint(ImDrawData& picture) override { painter_.paint(picture); }
  void show(const std::vector<MirrorNode>& nodes) override;
  void set_text(NodeId field, std::string_view text) override;
  void focus(NodeId id) override;
  void announce(std::string_view text, Urgency urgency) override;
  void set_address(std::string_view address, History history) override;
  void set_title(std::string_view title) override;
  void guard_leaving(bool guard) override;
  void copy(std::string_view text) override;
  void set_look(const Look& look) override;
  int utc_offset_min(double unix_s) override;
  void pick_file() override;
  RequestId send(HttpRequest request) override;
  RequestId follow(std::string_view path, std::string_view event_names) override;
  void abandon(RequestId id) override;
  void report_defect(std::string_view text) override;

 private:
  Client* client_ = nullptr;
  Painter painter_;
  std::vector<Event> events_;
  std::uint64_t shown_ = 0;  // the hash of the mirror as the browser has it
  RequestId last_request_ = 0;
  bool follows_scrolling_ = false;
};

}  // namespace ownkey::platform
