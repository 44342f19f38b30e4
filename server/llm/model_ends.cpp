#include "server/llm/model_ends.h"

namespace ownkey::llm {

// As read in the providers' pages on deprecations in November 2026.
const ModelEnds& announced_ends() {
  static const ModelEnds ends{
      {{Provider::OpenAi, "gpt-4o"}, "2027-01-14"},
      {{Provider::OpenAi, "gpt-4.1"}, "2027-01-14"},
      {{Provider::OpenAi, "gpt-5"}, "2026-12-11"},
      {{Provider::OpenAi, "o3"}, "2026-12-11"},
      {{Provider::Anthropic, "claude-3-sonnet-20240229"}, "2025-07-21"},
  };
  return ends;
}

// Dates in this form are in the order of their text.
bool ends_soon(std::string_view day, base::Time now) {
  constexpr auto kAhead = std::chrono::days(90);
  return day.substr(0, 10) <= base::rfc3339(now + kAhead).substr(0, 10);
}

}  // namespace ownkey::llm
