#include "web/ui/ui.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "web/platform/overloaded.h"

namespace ownkey::ui {
namespace {

constexpr const char* kWindow = "page";
constexpr float kOffPage = -1e6f;

}  // namespace

Ui::Ui(platform::Platform& platform) : platform_(platform), context_(ImGui::CreateContext()), text_(platform) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;  // the mirror's elements set the cursor
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
  ImFontConfig font;
  font.FontLoader = ImGuiFreeType::GetFontLoader();
  font.SizePixels = 16;
  io.Fonts->AddFont(&font);  // see web/platform/imgui/blank_font.cpp
  ImGui::GetStyle().WindowPadding = {0, 0};
  ImGui::GetStyle().WindowBorderSize = 0;
  guard_.watch(*context_);
}

Ui::~Ui() {
  ImGui::SetCurrentContext(context_);
  // Whoever painted is gone or does not mind: the textures need no more than to be let go.
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) texture->SetStatus(ImTextureStatus_Destroyed);
  ImGui::DestroyContext(context_);
}

void Ui::begin_frame(const platform::Frame& frame) {
  ImGui::SetCurrentContext(context_);
  now_s_ = frame.now_s;
  offset_quarter_ = -1;
  unix_s_ = frame.unix_s;
  width_ = frame.width;
  viewport_height_ = frame.height;
  scroll_y_ = frame.scroll_y;
  pixel_ratio_ = frame.pixel_ratio;
  dark_ = frame.preferences.dark;
  reduced_motion_ = frame.preferences.reduced_motion;
  metrics_ = {frame.preferences.text_scale, frame.preferences.coarse_pointer};
}

bool Ui::handle(platform::Event& event) {
  ImGuiIO& io = ImGui::GetIO();
  return std::visit(platform::Overloaded{
                        [&](platform::PointerMoved& e) { return io.AddMousePosEvent(e.x, e.y), true; },
                        [&](platform::PointerLeft&) { return io.AddMousePosEvent(kOffPage, kOffPage), true; },
                        [&](platform::PointerButton& e) {
                          if (e.button >= 0 && e.button < ImGuiMouseButton_COUNT)
                            io.AddMouseButtonEvent(e.button, e.down);
                          return true;
                        },
                        [&](platform::Activated& e) { return activated_.push_back(e.id), true; },
                        [&](platform::FocusMoved& e) {
                          focused_ = e.id;
                          focus_visible_ = e.visible;
                          return true;
                        },
                        [&](platform::TextTyped& e) {
                          mirror_.take_typed(e.id, std::move(e.text));
                          return true;
                        },
                        [&](platform::Dismissed&) { return dismissed_ = true; },
                        [](auto&) { return false; },
                    },
                    event);
}

void Ui::begin_pass() {
  text_.begin(pixel_ratio_);
  mirror_.clear();
  pacing_ = {};
  clicked_ = dismissed_ || !activated_.empty();
  bottom_ = 0;
  pen_ = {0, 0, width_};

  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width_, std::max(content_height_, viewport_height_)};
  io.DisplayFramebufferScale = {pixel_ratio_, pixel_ratio_};
  io.DeltaTime = std::clamp(static_cast<float>(now_s_ - std::exchange(last_pass_s_, now_s_)), 1e-4f, 1.f);
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin(kWindow, nullptr, OWNKEY_IMGUI_WINDOW);
  guard_.forget();  // ImGui counts the window itself as an item
  brush_.begin(pixel_ratio_, scroll_y_, viewport_height_);
  brush_.set_layer(Layer::Ground);
  brush_.fill({0, 0, io.DisplaySize.x, io.DisplaySize.y}, theme().background);
  brush_.set_layer(Layer::Content);
}

bool Ui::end_pass() {
  brush_.end();
  ImGui::End();
  ImGui::Render();
  activated_.clear();
  dismissed_ = false;
  const float height = std::max(bottom_, viewport_height_);
  const bool resized = height != std::exchange(content_height_, height);
  if (resized) pixel_ratio_ = platform_.resize(content_height_);
  return clicked_ || resized;
}

platform::Pacing Ui::end_frame() {
  if (const std::string complaint = guard_.complaint(mirror_.nodes()); !complaint.empty())
    platform_.report_defect(complaint);
  mirror_.commit(platform_);
  platform_.paint(*ImGui::GetDrawData());
  if (focus_wanted_) platform_.focus(*std::exchange(focus_wanted_, std::nullopt));
  return pacing_;
}

// No clock is changed within a quarter of an hour, and on a long page most times are of the same one.
int Ui::utc_offset_min(double unix_s) const {
  const double quarter = std::floor(unix_s / 900);
  if (std::exchange(offset_quarter_, quarter) != quarter) offset_min_ = platform_.utc_offset_min(unix_s);
  return offset_min_;
}

Interaction Ui::interact(NodeId id, const Rect& rect) {
  Interaction result;
  // A pointer is never where nothing is seen.
  if (brush_.is_seen(rect.y, rect.bottom())) {
    const ImRect box(rect.x, rect.y, rect.right(), rect.bottom());
    ImGui::ItemAdd(box, id);
    if (reachable_) ImGui::ButtonBehavior(box, id, &result.hovered, &result.held);
  }
  result.focused = is_focused(id);
  result.ring = result.focused && focus_visible_;
  result.activated = std::erase(activated_, id) > 0 && reachable_;
  return result;
}

void Ui::draw_ring(const Rect& rect, float radius) { brush_.outline(rect.grown(4), theme().accent, radius + 4, 2); }

void Ui::announce(std::string_view text, platform::Urgency urgency) { platform_.announce(text, urgency); }

void Ui::wake_in(double seconds) { pacing_.after_s = pacing_.after_s ? std::min(*pacing_.after_s, seconds) : seconds; }

}  // namespace ownkey::ui
