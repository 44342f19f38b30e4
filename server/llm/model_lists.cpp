#include "server/llm/model_lists.h"

#include <utility>

namespace ownkey::llm {
namespace {

// Real names are much shorter; a service that sends others shall not fill the memory.
constexpr std::size_t kMaxNameBytes = 200;

void cut(std::vector<Model>& models) {
  std::erase_if(models, [](const Model& model) { return model.id.size() > kMaxNameBytes; });
  if (models.size() > ModelLists::kMaxModels) models.resize(ModelLists::kMaxModels);
  for (auto& model : models) {
    if (model.display_name.size() > kMaxNameBytes || model.display_name.empty()) model.display_name = model.id;
    if (model.shutdown_date && model.shutdown_date->size() > kMaxNameBytes) model.shutdown_date.reset();
  }
}

std::size_t size_of(const ModelLists::List& list) { return list ? list->size() : 0; }

}  // namespace

ModelLists::SharedList ModelLists::find(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return nullptr;
  const auto entry = found->second;
  if (clock_.steady() < entry->until) {
    recent_.splice(recent_.begin(), recent_, entry);
    return entry->list;
  }
  forget(entry);
  return nullptr;
}

ModelLists::SharedList ModelLists::put(const std::string& name, List list) {
  if (list) cut(*list);
  const auto until = clock_.steady() + (list ? std::chrono::seconds(kKept) : kFailureKept);
  auto shared = std::make_shared<const List>(std::move(list));
  const std::lock_guard lock(mutex_);
  if (const auto old = by_name_.find(name); old != by_name_.end()) forget(old->second);
  recent_.push_front({name, shared, until});
  by_name_.emplace(name, recent_.begin());
  models_ += size_of(*shared);
  while (recent_.size() > kMaxLists || models_ > kMaxModelsOfAll) forget(std::prev(recent_.end()));
  return shared;
}

void ModelLists::forget(std::list<Entry>::iterator entry) {
  models_ -= size_of(*entry->list);
  by_name_.erase(entry->name);
  recent_.erase(entry);
}

}  // namespace ownkey::llm
