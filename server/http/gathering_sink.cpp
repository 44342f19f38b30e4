#include "server/http/gathering_sink.h"

namespace ownkey::http {

bool GatheringSink::write(std::string_view data) {
  if (gathered_.size() + data.size() > kMostGathered && !flush()) return false;
  if (data.size() > kMostGathered) return sink_.write(data);
  gathered_.append(data);
  return true;
}

bool GatheringSink::flush() {
  const bool good = sink_.write(gathered_);
  gathered_.clear();
  return good;
}

}  // namespace ownkey::http
