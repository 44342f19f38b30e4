// Client: from where something is asked for, for whatever keeps a record of it.
#pragma once

#include <string>

#include "server/base/ids.h"

namespace ownkey::base {

inline constexpr std::size_t kMaxAgentBytes = 256;  // longer ones are cut

struct Client {
  std::string address;     // of the network
  std::string agent;       // what the program calls itself, which may be anything
  SessionId session = {};  // the session that proves who asks; empty when nothing does
};

// The operator, at a shell of the server.
inline Client command_line() { return {"command line", ""}; }
inline bool is_command_line(const Client& client) { return client.address == command_line().address; }

}  // namespace ownkey::base
