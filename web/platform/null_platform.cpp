#include "web/platform/null_platform.h"

#include <imgui.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "web/platform/textures.h"

namespace ownkey::platform {
namespace {

constexpr double kRefreshSeconds = 1.0 / 60;
constexpr int kMostFrames = 200;

[[noreturn]] void fail(std::string_view what, std::string_view first, std::string_view second) {
  std::fprintf(stderr, "null platform: %s: %.*s %.*s\n", std::string(what).c_str(), static_cast<int>(first.size()),
               first.data(), static_cast<int>(second.size()), second.data());
  std::abort();
}

bool answers(const NullPlatform::SentRequest& request, std::string_view method, std::string_view path) {
  return !request.abandoned && request.method == method && request.path == path;
}

}  // namespace

Pacing NullPlatform::run(Client& client) {
  Pacing pacing;
  for (int i = 0; i < kMostFrames; ++i) {
    pacing = client.frame({world.now_s, world.unix_s, world.width, world.height, world.scroll_y, world.pixel_ratio,
                           world.preferences, std::exchange(world.events, {})});
    world.now_s += kRefreshSeconds;
    if (world.events.empty() && pacing.after_s != 0) break;
  }
  return pacing;
}

std::string NullPlatform::accessible_name(const MirrorNode& node) const {
  if (const auto label = node.attributes.find("aria-label")) return std::string(*label);
  for (const auto& candidate : mirror)
    if (candidate.tag == "label" && candidate.attributes.find("for") == "n" + std::to_string(node.id))
      return candidate.text;
  return node.text;
}

const MirrorNode* NullPlatform::find(std::string_view tag, std::string_view name) const {
  for (const auto& node : mirror)
    if (node.tag == tag && accessible_name(node) == name) return &node;
  return nullptr;
}

bool NullPlatform::shows(std::string_view text) const {
  return std::any_of(mirror.begin(), mirror.end(), [&](const MirrorNode& node) {
    std::string one_line = node.text;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    return one_line.find(text) != std::string::npos;
  });
}

void NullPlatform::click(std::string_view tag, std::string_view name) {
  const auto* node = find(tag, name);
  if (!node) fail("nothing to click", tag, name);
  world.events.emplace_back(Activated{node->id});
}

const MirrorNode* NullPlatform::find_field(std::string_view label) const {
  for (const auto* tag : {"input", "textarea", "select"})
    if (const auto* node = find(tag, label)) return node;
  return nullptr;
}

void NullPlatform::type(std::string_view label, std::string_view text) {
  const auto* node = find_field(label);
  if (!node) fail("nothing to type into", label, "");
  field_texts[node->id] = text;
  world.events.emplace_back(TextTyped{node->id, Secret(text)});
}

std::string NullPlatform::text_of(std::string_view label) const {
  const auto* node = find_field(label);
  if (!node) fail("no such field", label, "");
  const auto found = field_texts.find(node->id);
  return found == field_texts.end() ? "" : found->second;
}

void NullPlatform::answer(std::string_view method, std::string_view path, int status, std::string_view body) {
  const auto found = std::find_if(requests.begin(), requests.end(),
                                  [&](const auto& request) { return answers(request, method, path); });
  if (found == requests.end()) fail("nobody waits for", method, path);
  world.events.emplace_back(Answered{found->id, status, std::string(body)});
  requests.erase(found);
}

void NullPlatform::tell(std::string_view path, std::string_view name, std::string_view data) {
  for (const auto& request : requests)
    if (answers(request, "FOLLOW", path))
      return (void)world.events.emplace_back(Streamed{request.id, std::string(name), std::string(data)});
  fail("nobody follows", path, name);
}

bool NullPlatform::is_waiting_for(std::string_view method, std::string_view path) const {
  return std::any_of(requests.begin(), requests.end(),
                     [&](const auto& request) { return answers(request, method, path); });
}

TextMetrics NullPlatform::measure(std::string_view text, const Font& font) {
  const float advance = static_cast<float>(text.size()) * font.size / 2;
  return {advance, 0, static_cast<int>(-font.size), static_cast<int>(advance), static_cast<int>(font.size)};
}

float NullPlatform::resize(float height) {
  content_height = height;
  return world.pixel_ratio;
}

void NullPlatform::paint(ImDrawData& picture) {
  settle_textures(picture);
  ++frames_painted;
}

// As a browser would: an element that goes takes its text and the focus with it.
void NullPlatform::show(const std::vector<MirrorNode>& nodes) {
  mirror = nodes;
  const auto is_gone = [&](NodeId id) {
    return std::none_of(mirror.begin(), mirror.end(), [&](const MirrorNode& node) { return node.id == id; });
  };
  std::erase_if(field_texts, [&](const auto& entry) { return is_gone(entry.first); });
  if (focused != kNoNode && is_gone(focused)) {
    focused = kNoNode;
    world.events.emplace_back(FocusMoved{kNoNode, false});
  }
}

void NullPlatform::focus(NodeId id) {
  focused = id;
  world.events.emplace_back(FocusMoved{id, true});
}

void NullPlatform::copy(std::string_view text) {
  copied = text;
  world.events.emplace_back(Copied{true});
}

RequestId NullPlatform::send(HttpRequest request) {
  requests.push_back({++last_request_, std::string(request.method), request.path,
                      std::string(request.json_body.reveal()), request.user_id});
  return last_request_;
}

RequestId NullPlatform::follow(std::string_view path, std::string_view) {
  requests.push_back({++last_request_, "FOLLOW", std::string(path), {}, {}});
  return last_request_;
}

void NullPlatform::abandon(RequestId id) {
  for (auto& request : requests)
    if (request.id == id) request.abandoned = true;
}

}  // namespace ownkey::platform
