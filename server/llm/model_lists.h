// ModelLists: keeps for some minutes which models each key reaches. Safe from several threads.
//
// A list is kept under a name that stands for one generation of one credential, so that a key that was replaced is
// asked anew, and nobody sees what another's key reaches. Failures are kept too, for a moment, so that a page that is
// opened often does not hammer a provider.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/base/clock.h"
#include "server/llm/chat.h"
#include "shared/result.h"

namespace ownkey::llm {

class ModelLists {
 public:
  using List = Result<std::vector<Model>>;
  using SharedList = std::shared_ptr<const List>;

  static constexpr std::chrono::minutes kKept{10};
  static constexpr std::chrono::seconds kFailureKept{15};
  // The lists that were used longest ago are forgotten beyond this; a list is cut at so many models.
  static constexpr std::size_t kMaxLists = 1000;
  static constexpr std::size_t kMaxModels = 2000;
  static constexpr std::size_t kMaxModelsOfAll = 100'000;

  // The clock must outlive this.
  explicit ModelLists(const base::Clock& clock) : clock_(clock) {}

  // What is kept under this name; null when nothing is, or it is too old.
  SharedList find(const std::string& name);
  SharedList put(const std::string& name, List list);

 private:
  struct Entry {
    std::string name;
    SharedList list;
    std::chrono::steady_clock::time_point until;
  };

  void forget(std::list<Entry>::iterator entry);

  const base::Clock& clock_;
  std::mutex mutex_;
  std::size_t models_ = 0;   // of all lists
  std::list<Entry> recent_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_name_;
};

}  // namespace ownkey::llm
