// KnownGraphs: the graphs of drawings that ran lately, found by the drawing's text, of which they are made and nothing
// else. Whoever changes a drawing has another text. Safe from several threads.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "server/workflow/graph.h"

namespace ownkey::workflow {

class KnownGraphs {
 public:
  // Null when it is not known.
  std::shared_ptr<const Graph> find(const std::string& text) const {
    const auto& known = place_of(text);
    const std::scoped_lock lock(lock_);
    return known.text == text ? known.graph : nullptr;
  }

  void keep(const std::string& text, std::shared_ptr<const Graph> graph) {
    if (text.size() > kLargest) return;
    auto& known = place_of(text);
    const std::scoped_lock lock(lock_);
    known = {text, std::move(graph)};
  }

 private:
  struct Known {
    std::string text;
    std::shared_ptr<const Graph> graph;
  };
  // Bounds the memory: a graph takes some ten times its text.
  static constexpr std::size_t kLargest = std::size_t{16} << 10;
  static constexpr std::size_t kMost = 128;

  // Texts share these, the last one that ran has it.
  static std::size_t index_of(const std::string& text) { return std::hash<std::string>{}(text) % kMost; }
  const Known& place_of(const std::string& text) const { return graphs_[index_of(text)]; }
  Known& place_of(const std::string& text) { return graphs_[index_of(text)]; }

  mutable std::mutex lock_;
  std::array<Known, kMost> graphs_;
};

}  // namespace ownkey::workflow
