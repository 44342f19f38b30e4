#include "server/llm/resolver.h"

#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

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

// One that is given up ends by itself and finds its state still there.
struct LookUp {
  std::mutex mutex;
  std::condition_variable done;
  std::optional<Result<Addresses>> result;
};

Result<Addresses> wait_for(const std::shared_ptr<LookUp>& look_up, Deadline deadline, const base::CancelToken& cancel) {
  const auto wake = cancel.on_cancel([look_up] {
    const std::lock_guard lock(look_up->mutex);
    look_up->done.notify_all();
  });
  std::unique_lock lock(look_up->mutex);
  look_up->done.wait_until(lock, deadline, [&] { return look_up->result.has_value() || cancel.cancelled(); });
  if (look_up->result) return *look_up->result;
  return Error{ErrorKind::ProviderUnreachable, "the name service does not answer", "name lookup timed out"};
}

// The look-ups that are under way, each on a thread of its own: with a dead name service they outlive the calls that
// asked, so their number needs a limit.
class LookUps : public std::enable_shared_from_this<LookUps> {
 public:
  explicit LookUps(NameService name_service) : name_service_(std::move(name_service)) {}

  Result<std::shared_ptr<LookUp>> join_or_start(const std::string& host, int port) {
    const std::lock_guard lock(mutex_);
    const Name name(host, port);
    if (const auto found = under_way_.find(name); found != under_way_.end()) return found->second;
    if (under_way_.size() == kMaxLookUps) return too_much("too many name lookups under way");
    const auto look_up = std::make_shared<LookUp>();
    try {
      std::thread([all = shared_from_this(), name, look_up] { all->run(name, *look_up); }).detach();
    } catch (const std::system_error& error) {
      return too_much(std::string("no thread for a name lookup: ") + error.what());
    }
    under_way_.emplace(name, look_up);
    return look_up;
  }

 private:
  using Name = std::pair<std::string, int>;

  static Error too_much(std::string log_text) {
    return {ErrorKind::ProviderUnreachable, "this server is looking up too many names just now", std::move(log_text)};
  }

  void run(const Name& name, LookUp& look_up) {
    auto result = name_service_(name.first, name.second);
    {
      const std::lock_guard lock(mutex_);
      under_way_.erase(name);
    }
    const std::lock_guard lock(look_up.mutex);
    look_up.result = std::move(result);
    look_up.done.notify_all();
  }

  const NameService name_service_;
  std::mutex mutex_;
  std::map<Name, std::shared_ptr<LookUp>> under_way_;
};

}  // namespace

Resolver patient_resolver(NameService name_service) {
  return
      [look_ups = std::make_shared<LookUps>(std::move(name_service))](
          const std::string& host, int port, Deadline deadline, const base::CancelToken& cancel) -> Result<Addresses> {
        const auto look_up = look_ups->join_or_start(host, port);
        if (!look_up) return look_up.error();
        return wait_for(*look_up, deadline, cancel);
      };
}

// getaddrinfo can neither be cancelled nor given a deadline.
Resolver system_resolver() {
  return [patient = patient_resolver(look_up)](const std::string& host, int port, Deadline deadline,
                                               const base::CancelToken& cancel) {
    return IpAddress::parse(host) ? look_up(host, port) : patient(host, port, deadline, cancel);
  };
}

}  // namespace ownkey::llm
