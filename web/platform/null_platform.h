// NullPlatform: a Platform without a browser, for native tests. A test plays the person and the server by its helpers
// and looks at what the page would show. Text is as wide as it has bytes: every character is half its size wide.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "web/platform/platform.h"

namespace ownkey::platform {

class NullPlatform final : public Platform {
 public:
  struct SentRequest {
    RequestId id;
    std::string method, path, body, user_id;
    bool abandoned = false;
  };
  struct Announcement {
    std::string text;
    Urgency urgency;
  };

  // The world as the next frame will find it.
  Frame world{.now_s = 1, .unix_s = 1795523160, .width = 1280, .height = 800, .preferences = {}, .events = {}};

  // Runs frames until the page wants none at once; time goes on by a refresh of the screen for each.
  Pacing run(Client& client);

  // The person's part: these queue events for the next frame. The node is found by its tag and its accessible name.
  void click(std::string_view tag, std::string_view name);
  void type(std::string_view label, std::string_view text);
  void press_escape() { world.events.emplace_back(Dismissed{}); }
  void press(std::string_view key) { world.events.emplace_back(KeyPressed{std::string(key)}); }
  void open(std::string_view address) { world.events.emplace_back(AddressChanged{std::string(address)}); }

  // The server's part: answers the oldest open request of that method and path; ends the program if there is none.
  void answer(std::string_view method, std::string_view path, int status, std::string_view body);
  // An event of the stream of that path, which somebody follows.
  void tell(std::string_view path, std::string_view name, std::string_view data);
  bool is_waiting_for(std::string_view method, std::string_view path) const;

  // What the page shows.
  const MirrorNode* find(std::string_view tag, std::string_view name) const;
  bool shows(std::string_view text) const;  // in any node
  std::string accessible_name(const MirrorNode& node) const;
  std::string text_of(std::string_view label) const;  // of a field

  std::vector<MirrorNode> mirror;
  std::map<NodeId, std::string> field_texts;
  std::vector<std::string> drawn;  // every text that was ever drawn
  std::vector<SentRequest> requests;
  std::vector<Announcement> announcements;
  std::vector<std::string> addresses;
  std::vector<std::string> defects;
  std::string title, copied;
  NodeId focused = kNoNode;
  bool guards_leaving = false, picks_file = false;
  Look look;
  int frames_painted = 0;
  int utc_offset = 60;  // minutes
  float content_height = 0;

  TextMetrics measure(std::string_view text, const Font& font) override;
  float baseline(const Font& font, float line_height) override { return (line_height + font.size * 0.7f) / 2; }
  void rasterise(std::string_view text, const Font&, std::uint32_t, const TextMetrics&, const PixelTarget&) override {
    drawn.emplace_back(text);
  }
  float resize(float height) override;
  void paint(ImDrawData& picture) override;
  void show(const std::vector<MirrorNode>& nodes) override;
  void set_text(NodeId field, std::string_view text) override { field_texts[field] = text; }
  void focus(NodeId id) override;
  void announce(std::string_view text, Urgency urgency) override {
    announcements.push_back({std::string(text), urgency});
  }
  void set_address(std::string_view address, History) override { addresses.emplace_back(address); }
  void set_title(std::string_view text) override { title = text; }
  void guard_leaving(bool guard) override { guards_leaving = guard; }
  void copy(std::string_view text) override;
  void set_look(const Look& chosen) override { look = chosen; }
  int utc_offset_min(double) override { return utc_offset; }
  void pick_file() override { picks_file = true; }
  RequestId send(HttpRequest request) override;
  RequestId follow(std::string_view path, std::string_view event_names) override;  // method "FOLLOW"
  void abandon(RequestId id) override;
  void report_defect(std::string_view text) override { defects.emplace_back(text); }

 private:
  const MirrorNode* find_field(std::string_view label) const;

  RequestId last_request_ = 0;
};

}  // namespace ownkey::platform
