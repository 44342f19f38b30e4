// Mirror: collects the mirror nodes of a pass and hands them to the platform (see web/platform/mirror_node.h).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/platform/platform.h"
#include "web/ui/field_state.h"

namespace ownkey::ui {

using platform::Attributes;
using platform::MirrorNode;
using platform::NodeId;

// The id of a widget's name. Names are unique on a page and stay the same from frame to frame.
NodeId node_id(std::string_view name);

// The id as the value of `for`, `aria-describedby` and their like.
std::string reference(NodeId id);

class Mirror {
 public:
  void clear();

  void open(std::string_view tag, std::string_view name, Attributes attributes = {});
  void open(const MirrorNode& container);
  void close() { parents_.pop_back(); }

  // Adds a node below the open container; the index serves to finish it later with at().
  std::size_t add(MirrorNode node);

  // Adds one that the caller keeps. Where there was one like it in the last pass, its copy takes no new memory.
  void add_again(const MirrorNode& node);
  MirrorNode& at(std::size_t index) { return nodes_[index]; }

  // Adds an input; what is typed into it, or chosen, goes to the field from now on.
  void add_field(MirrorNode node, FieldState& field);
  void take_typed(NodeId id, Secret text);

  // All of this pass.
  const std::vector<MirrorNode>& nodes() {
    nodes_.resize(count_);
    return nodes_;
  }

  // Shows the nodes, then gives new elements, and those whose field the program changed, their text.
  void commit(platform::Platform& platform);

 private:
  // Whose text an element has, and which.
  struct Shown {
    const FieldState* field;
    std::uint32_t revision;
    bool operator==(const Shown&) const = default;
  };

  struct Input {
    FieldState* field;
    bool is_choice;
  };

  MirrorNode& next();

  std::vector<MirrorNode> nodes_;  // the first of them are of this pass, the others of the last one
  std::size_t count_ = 0;
  std::vector<NodeId> parents_;
  std::map<NodeId, Input> fields_;
  std::map<NodeId, Shown> shown_;
};

}  // namespace ownkey::ui
