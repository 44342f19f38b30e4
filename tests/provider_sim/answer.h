// What the simulated model says: always the same for the same call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/provider_sim/wire.h"

namespace ownkey::provider_sim {

// "gpt-3.5-turbo (simulated) heard: <prompt>", or a call of the first offered tool when the prompt asks for it with
// "[sim:tool]", or the calls that the prompt scripts: "[call:calculator {"expression":"1+2"}]", several for one step,
// "[then]" before those of the next. "[forever]" repeats the last step without end; "[count]" calls the calculator with
// another number each time.
Answer answer_to(const Call& call, Fault fault);

// The text in the pieces in which a stream brings it: a word and the space behind it each.
std::vector<std::string> pieces_of(std::string_view text);

struct ModelPage {
  std::vector<std::string> models;
  bool has_more = false;
};
ModelPage page_of(const std::vector<std::string>& models, const PageRequest& page);

std::int64_t count_tokens(std::size_t bytes);

}  // namespace ownkey::provider_sim
