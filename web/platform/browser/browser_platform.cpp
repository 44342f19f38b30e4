#include "web/platform/browser/browser_platform.h"

#include <emscripten.h>

#include <utility>

#include "web/platform/browser/bridge.h"
#include "web/platform/mirror_hash.h"
#include "web/platform/mirror_text.h"
#include "web/platform/textures.h"

namespace ownkey::platform {

void BrowserPlatform::start(Client& client) {
  client_ = &client;
  ownkey_js_start(this);
}

double BrowserPlatform::draw_frame(Frame frame) {
  frame.events = std::exchange(events_, {});
  const Pacing pacing = client_->frame(std::move(frame));
  if (pacing.while_scrolling != std::exchange(follows_scrolling_, pacing.while_scrolling))
    ownkey_js_follow_scrolling(follows_scrolling_);
  return pacing.after_s.value_or(-1);
}

TextMetrics BrowserPlatform::measure(std::string_view text, const Font& font) {
  float m[5];
  ownkey_js_measure(text.data(), text.size(), font.size, font.weight, font.mono, m);
  return {m[0], static_cast<int>(m[1]), static_cast<int>(m[2]), static_cast<int>(m[3]), static_cast<int>(m[4])};
}

float BrowserPlatform::baseline(const Font& font, float line_height) {
  return ownkey_js_baseline(font.size, font.weight, font.mono, line_height);
}

void BrowserPlatform::rasterise(std::string_view text, const Font& font, std::uint32_t rgb, const TextMetrics& metrics,
                                const PixelTarget& target) {
  ownkey_js_rasterise(text.data(), text.size(), font.size, font.weight, font.mono, rgb, metrics.left, metrics.top,
                      metrics.width, metrics.height, target.pixels, target.stride);
}

float BrowserPlatform::resize(float content_height) { return ownkey_js_resize(content_height); }

void BrowserPlatform::show(const std::vector<MirrorNode>& nodes) {
  const std::uint64_t hash = hash_of(nodes);
  if (std::exchange(shown_, hash) == hash) return;
  const std::string records = mirror_text(nodes);
  ownkey_js_show(records.data(), records.size());
}

void BrowserPlatform::set_text(NodeId field, std::string_view text) {
  ownkey_js_set_text(field, text.data(), text.size());
}

void BrowserPlatform::focus(NodeId id) { ownkey_js_focus(id); }

void BrowserPlatform::announce(std::string_view text, Urgency urgency) {
  ownkey_js_announce(text.data(), text.size(), urgency == Urgency::Assertive);
}

void BrowserPlatform::set_address(std::string_view address, History history) {
  ownkey_js_set_address(address.data(), address.size(), history == History::Push);
}

void BrowserPlatform::set_title(std::string_view title) { ownkey_js_set_title(title.data(), title.size()); }

void BrowserPlatform::guard_leaving(bool guard) { ownkey_js_guard_leaving(guard); }

void BrowserPlatform::copy(std::string_view text) { ownkey_js_copy(text.data(), text.size()); }

void BrowserPlatform::set_look(const Look& look) {
  const std::string_view theme = !look.dark ? "" : *look.dark ? "dark" : "light";
  ownkey_js_set_look(theme.data(), theme.size(), look.text_scale.value_or(0), look.reduce_motion);
}

int BrowserPlatform::utc_offset_min(double unix_s) { return ownkey_js_utc_offset(unix_s); }
void BrowserPlatform::pick_file() { ownkey_js_pick_file(); }

RequestId BrowserPlatform::send(HttpRequest request) {
  const RequestId id = ++last_request_;
  const std::string_view body = request.json_body.reveal();
  ownkey_js_send(id, request.method.data(), request.method.size(), request.path.data(), request.path.size(),
                 request.user_id.data(), request.user_id.size(), body.data(), body.size());
  return id;
}

RequestId BrowserPlatform::follow(std::string_view path, std::string_view event_names) {
  const RequestId id = ++last_request_;
  ownkey_js_follow(id, path.data(), path.size(), event_names.data(), event_names.size());
  return id;
}

void BrowserPlatform::abandon(RequestId id) { ownkey_js_abandon(id); }

void BrowserPlatform::report_defect(std::string_view text) { ownkey_js_report_defect(text.data(), text.size()); }

}  // namespace ownkey::platform

using namespace ownkey::platform;

extern "C" {

enum PreferenceFlag { kDark = 1, kReducedMotion = 2, kCoarsePointer = 4 };

EMSCRIPTEN_KEEPALIVE double ownkey_frame(BrowserPlatform* platform, double now_s, double unix_s, float width,
                                         float height, float scroll_y, float pixel_ratio, float text_scale, int flags) {
  const Preferences preferences{(flags & kDark) != 0, (flags & kReducedMotion) != 0, (flags & kCoarsePointer) != 0,
                                text_scale};
  return platform->draw_frame({now_s, unix_s, width, height, scroll_y, pixel_ratio, preferences, {}});
}

EMSCRIPTEN_KEEPALIVE void ownkey_pointer_moved(BrowserPlatform* platform, float x, float y) {
  platform->pointer_moved(x, y);
}

EMSCRIPTEN_KEEPALIVE void ownkey_pointer_left(BrowserPlatform* platform) { platform->happened(PointerLeft{}); }

EMSCRIPTEN_KEEPALIVE void ownkey_pointer_button(BrowserPlatform* platform, int button, int down) {
  platform->happened(PointerButton{button, down != 0});
}

EMSCRIPTEN_KEEPALIVE void ownkey_activated(BrowserPlatform* platform, NodeId id) { platform->happened(Activated{id}); }

EMSCRIPTEN_KEEPALIVE void ownkey_focus_moved(BrowserPlatform* platform, NodeId id, int visible) {
  platform->happened(FocusMoved{id, visible != 0});
}

EMSCRIPTEN_KEEPALIVE void ownkey_text_typed(BrowserPlatform* platform, NodeId id, const char* text, std::size_t size) {
  platform->happened(TextTyped{id, ownkey::Secret(std::string_view(text, size))});
}

EMSCRIPTEN_KEEPALIVE void ownkey_dismissed(BrowserPlatform* platform) { platform->happened(Dismissed{}); }

EMSCRIPTEN_KEEPALIVE void ownkey_key_pressed(BrowserPlatform* platform, const char* key, std::size_t size) {
  platform->happened(KeyPressed{std::string(key, size)});
}

EMSCRIPTEN_KEEPALIVE void ownkey_file_picked(BrowserPlatform* platform, const char* text, std::size_t size) {
  platform->happened(FilePicked{std::string(text, size)});
}

EMSCRIPTEN_KEEPALIVE void ownkey_connection_changed(BrowserPlatform* platform, int online) {
  platform->happened(ConnectionChanged{online != 0});
}

EMSCRIPTEN_KEEPALIVE void ownkey_streamed(BrowserPlatform* platform, RequestId id, const char* name,
                                          std::size_t name_size, const char* data, std::size_t size) {
  platform->happened(Streamed{id, std::string(name, name_size), std::string(data, size)});
}

EMSCRIPTEN_KEEPALIVE void ownkey_address_changed(BrowserPlatform* platform, const char* address, std::size_t size) {
  platform->happened(AddressChanged{std::string(address, size)});
}

EMSCRIPTEN_KEEPALIVE void ownkey_answered(BrowserPlatform* platform, RequestId id, int status, const char* body,
                                          std::size_t size) {
  platform->happened(Answered{id, status, std::string(body, size)});
}

EMSCRIPTEN_KEEPALIVE void ownkey_copied(BrowserPlatform* platform, int done) { platform->happened(Copied{done != 0}); }

EMSCRIPTEN_KEEPALIVE void ownkey_context_lost(BrowserPlatform*) { forget_textures(); }
}
