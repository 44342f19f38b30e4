#include "tests/provider_sim/answer.h"

#include <algorithm>

namespace ownkey::provider_sim {
namespace {

// The part of a script that belongs to this step.
std::string_view part_of(std::string_view script, std::size_t step) {
  constexpr std::string_view kThen = "[then]";
  const bool repeats = script.find("[forever]") != std::string_view::npos;
  for (; step > 0; --step) {
    const auto then = script.find(kThen);
    if (then == std::string_view::npos) return repeats ? script : std::string_view();
    script.remove_prefix(then + kThen.size());
  }
  return script.substr(0, script.find(kThen));
}

std::vector<ToolRequest> scripted_calls(const Call& call) {
  if (call.task.find("[count]") != std::string::npos)
    return {{"calculator", {{"expression", std::to_string(call.rounds)}}}};
  constexpr std::string_view kCall = "[call:";
  std::vector<ToolRequest> calls;
  auto script = part_of(call.task, call.rounds);
  for (auto at = script.find(kCall); at != std::string_view::npos; at = script.find(kCall)) {
    script.remove_prefix(at + kCall.size());
    const auto space = script.find(' ');
    const auto end = script.find("}]");
    if (end == std::string_view::npos || space > end) break;
    calls.push_back(
        {std::string(script.substr(0, space)), json::parse(script.substr(space + 1, end - space), nullptr, false)});
  }
  return calls;
}

}  // namespace

Answer answer_to(const Call& call, Fault fault) {
  Answer answer;
  answer.input_tokens = count_tokens(call.input_bytes);
  if (fault == Fault::Tool && call.tool && !call.tool_result) {
    answer.calls = {{*call.tool, {{"input", call.prompt}}}};
    answer.output_tokens = count_tokens(dump_json(answer.calls[0].arguments).size());
    return answer;
  }
  if (call.tool) answer.calls = scripted_calls(call);
  if (!answer.calls.empty()) {
    answer.text = "step " + std::to_string(call.rounds + 1);
    answer.output_tokens = 10;
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
