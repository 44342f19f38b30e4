#include "web/ui/mirror.h"

namespace ownkey::ui {

NodeId node_id(std::string_view name) {
  NodeId hash = 2166136261u;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash == platform::kNoNode ? 1 : hash;
}

std::string reference(NodeId id) { return "n" + std::to_string(id); }

void Mirror::clear() {
  count_ = 0;
  parents_.clear();
  fields_.clear();
}

void Mirror::open(std::string_view tag, std::string_view name, Attributes attributes) {
  const NodeId id = node_id(name);
  add({.tag = tag, .id = id, .attributes = std::move(attributes)});
  parents_.push_back(id);
}

void Mirror::open(const MirrorNode& container) {
  add_again(container);
  parents_.push_back(container.id);
}

MirrorNode& Mirror::next() {
  if (count_ == nodes_.size()) nodes_.emplace_back();
  return nodes_[count_++];
}

std::size_t Mirror::add(MirrorNode node) {
  node.parent = parents_.empty() ? platform::kNoNode : parents_.back();
  next() = std::move(node);
  return count_ - 1;
}

void Mirror::add_again(const MirrorNode& node) {
  MirrorNode& added = next();
  added = node;
  added.parent = parents_.empty() ? platform::kNoNode : parents_.back();
}

void Mirror::add_field(MirrorNode node, FieldState& field) {
  fields_[node.id] = {&field, node.tag == "select"};
  add(std::move(node));
}

void Mirror::take_typed(NodeId id, Secret text) {
  const auto found = fields_.find(id);
  if (found == fields_.end()) return;
  if (found->second.is_choice) found->second.field->choose(std::move(text));
  else found->second.field->type(std::move(text));
}

void Mirror::commit(platform::Platform& platform) {
  platform.show(nodes());
  std::map<NodeId, Shown> shown;
  for (const auto& [id, input] : fields_) {
    const auto* field = input.field;
    const Shown now{field, field->revision()};
    const auto before = shown_.find(id);
    if (before == shown_.end() || before->second != now) platform.set_text(id, field->text());
    shown.emplace(id, now);
  }
  shown_ = std::move(shown);
}

}  // namespace ownkey::ui
