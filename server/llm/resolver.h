// Names to addresses. A resolver is a function, so that tests can say where a name leads.
#pragma once

#include <netinet/in.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "server/base/cancel_token.h"
#include "shared/result.h"

namespace ownkey::llm {

using Deadline = std::chrono::steady_clock::time_point;

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr& get() const { return reinterpret_cast<const sockaddr&>(storage); }
};

// All addresses of a name, best first; never empty. The error's log_text says what the name service said.
using Resolver = std::function<Result<std::vector<SocketAddress>>(const std::string& host, int port, Deadline deadline,
                                                                  const base::CancelToken& cancel)>;

// A look-up that blocks as long as it likes, on a thread that is not the caller's.
using NameService = std::function<Result<std::vector<SocketAddress>>(const std::string& host, int port)>;

inline constexpr std::size_t kMaxLookUps = 64;

// Gives up at the deadline or when cancelled, whatever the name service does meanwhile. Callers that ask for the same
// name at the same time share a look-up. provider_unreachable when kMaxLookUps others are under way, or when there is
// no thread to be had.
Resolver patient_resolver(NameService name_service);

// Asks the system; a written-out address needs neither name service nor thread.
Resolver system_resolver();

}  // namespace ownkey::llm
