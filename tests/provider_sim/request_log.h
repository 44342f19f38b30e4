// What the simulator saw: kept for tests in the same process, and written as JSON lines where a file is named.
// It holds the keys in clear on purpose: that is how a test tells whose key was used. Safe from several threads.
#pragma once

#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include "shared/fields.h"
#include "shared/provider.h"

namespace ownkey::provider_sim {

struct SeenRequest {
  Provider provider{};
  std::string method;
  std::string path;  // with its query
  int status = 0;
  std::string key;
  std::string model;
  bool stream = false;

  static constexpr auto fields() {
    return std::tuple{Field{"provider", &SeenRequest::provider}, Field{"method", &SeenRequest::method},
                      Field{"path", &SeenRequest::path},         Field{"status", &SeenRequest::status},
                      Field{"key", &SeenRequest::key},           Field{"model", &SeenRequest::model},
                      Field{"stream", &SeenRequest::stream}};
  }
};

class RequestLog {
 public:
  // Keeps what it sees in memory.
  RequestLog() : keeps_(true) {}
  // Writes to a file, or nowhere when the name is empty.
  explicit RequestLog(const std::string& file) : keeps_(false) {
    if (!file.empty()) file_.open(file, std::ios::app);
  }

  bool failed() const { return !file_; }

  void add(const SeenRequest& request) {
    if (!keeps_ && !file_.is_open()) return;
    const std::lock_guard lock(mutex_);
    if (keeps_) seen_.push_back(request);
    if (file_.is_open()) file_ << dump_json(to_json(request)) << std::endl;
  }

  std::vector<SeenRequest> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    seen_.clear();
  }

 private:
  mutable std::mutex mutex_;
  const bool keeps_;
  std::vector<SeenRequest> seen_;
  std::ofstream file_;
};

}  // namespace ownkey::provider_sim
