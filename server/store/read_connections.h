// Several connections to one database that only read, so that threads which read at the same time need not wait for
// each other. Inside store/ only.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "server/store/database.h"

namespace ownkey::store {

class ReadConnections {
 public:
  explicit ReadConnections(const std::function<Database()>& open) {
    for (auto& connection : connections_) connection = std::make_unique<Connection>(open());
  }

  // Runs `work` with one of them and gives its result, or the Error of what went wrong.
  template <class Work>
  auto use(Work&& work) {
    auto [connection, lock] = take();
    return guarded([&, &database = connection->database] { return work(database); });
  }

 private:
  struct Connection {
    explicit Connection(Database opened) : database(std::move(opened)) {}
    std::mutex lock;
    Database database;
  };
  struct Taken {
    Connection* connection;
    std::unique_lock<std::mutex> lock;
  };

  // A thread comes back to the same one as a rule: what it needs is in the caches of connection and processor.
  Taken take() {
    const auto first = std::hash<std::thread::id>{}(std::this_thread::get_id());
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      auto& connection = *connections_[(first + i) % connections_.size()];
      if (std::unique_lock lock(connection.lock, std::try_to_lock); lock) return {&connection, std::move(lock)};
    }
    auto& usual = *connections_[first % connections_.size()];
    return {&usual, std::unique_lock(usual.lock)};
  }

  std::array<std::unique_ptr<Connection>, 4> connections_;
};

}  // namespace ownkey::store
