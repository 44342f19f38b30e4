// Server-sent events as the providers write them.
#pragma once

#include <string>
#include <string_view>

#include "shared/json.h"

namespace ownkey::provider_sim {

inline std::string data_event(const json& data) { return "data: " + dump_json(data) + "\n\n"; }

// Anthropic names each event as well; the name is the data's own type.
inline std::string named_event(const json& data) {
  return "event: " + data.at("type").get<std::string>() + "\n" + data_event(data);
}

}  // namespace ownkey::provider_sim
