#include "server/workflow/weight.h"

#include <string>

namespace ownkey::workflow {
namespace {

constexpr std::size_t kOfAnyValue = 8;

}  // namespace

std::size_t weight_of(const json& value) {
  std::size_t weight = kOfAnyValue;
  if (value.is_string()) weight += value.get_ref<const std::string&>().size();
  if (value.is_object())
    for (const auto& [name, inner] : value.items()) weight += name.size() + weight_of(inner);
  if (value.is_array())
    for (const auto& inner : value) weight += weight_of(inner);
  return weight;
}

Error too_much(std::string_view what, std::size_t limit) {
  return {ErrorKind::LimitExceeded, std::string(what) + " than " + std::to_string(limit >> 20) +
                                        " MiB, which is the most; pass on less between the nodes"};
}

}  // namespace ownkey::workflow
