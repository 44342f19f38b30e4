#include "server/llm/resolver.h"

#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "server/llm/host_rules.h"

namespace ownkey::llm {
namespace {

using Addresses = std::vector<SocketAddress>;

Result<Addresses> look_up(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (error != 0) return Error{ErrorKind::ProviderUnreachable, "its name was not found", gai_strerror(error)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, freeaddrinfo);
  Addresses addresses;
  for (const auto* entry = list; entry; entry = entry->ai_next) {
    SocketAddress address;
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.size = entry->ai_addrlen;
    addresses.push_back(address);
  }
  return addresses;
}

// getaddrinfo can neither be cancelled nor given a deadline, so a thread of its own waits for it; one that is given up
// ends by itself and finds its state still there.
struct LookUp {
  std::mutex mutex;
  std::condition_variable done;
  std::optional<Result<Addresses>> result;
};

Result<Addresses> look_up_patiently(const std::string& host, int port, Deadline deadline,
                                    const base::CancelToken& cancel) {
  // A written-out address needs no name service, and no thread.
  if (IpAddress::parse(host)) return look_up(host, port);
  const auto state = std::make_shared<LookUp>();
  std::thread([state, host, port] {
    auto result = look_up(host, port);
    const std::lock_guard lock(state->mutex);
    state->result = std::move(result);
    state->done.notify_all();
  }).detach();
  const auto wake = cancel.on_cancel([state] {
    const std::lock_guard lock(state->mutex);
    state->done.notify_all();
  });
  std::unique_lock lock(state->mutex);
  state->done.wait_until(lock, deadline, [&] { return state->result.has_value() || cancel.cancelled(); });
  if (state->result) return std::move(*state->result);
  return Error{ErrorKind::ProviderUnreachable, "the name service does not answer", "name lookup timed out"};
}

}  // namespace

Resolver system_resolver() { return look_up_patiently; }

}  // namespace ownkey::llm
