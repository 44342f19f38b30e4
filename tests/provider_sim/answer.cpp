#include "tests/provider_sim/answer.h"

#include <algorithm>

namespace ownkey::provider_sim {

Answer answer_to(const Call& call, Fault fault) {
  Answer answer;
  answer.input_tokens = count_tokens(call.input_bytes);
  if (fault == Fault::Tool && call.tool && !call.tool_result) {
    answer.tool = call.tool;
    answer.tool_arguments = {{"input", call.prompt}};
    answer.output_tokens = count_tokens(dump_json(answer.tool_arguments).size());
    return answer;
  }
  answer.text = call.model + " (simulated) heard: " + call.tool_result.value_or(call.prompt);
  if (fault == Fault::SayKey) answer.text += " and saw the key " + call.key;
  answer.output_tokens = count_tokens(answer.text.size());
  return answer;
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto space = text.find(' ');
    const auto size = space == std::string_view::npos ? text.size() : space + 1;
    pieces.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return pieces;
}

ModelPage page_of(const std::vector<std::string>& models, const PageRequest& page) {
  auto begin = std::ranges::find(models, page.after);
  begin = begin == models.end() ? models.begin() : begin + 1;
  const auto left = static_cast<std::size_t>(models.end() - begin);
  const std::size_t size = page.limit == 0 ? left : std::min(left, page.limit);
  return {{begin, begin + static_cast<std::ptrdiff_t>(size)}, size < left};
}

// About what tokenizers make of English: four bytes each.
std::int64_t count_tokens(std::size_t bytes) { return static_cast<std::int64_t>((bytes + 3) / 4); }

}  // namespace ownkey::provider_sim
