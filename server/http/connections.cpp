#include "server/http/connections.h"

#include <algorithm>

namespace ownkey::http {
namespace {

constexpr std::size_t kLeastPerAddress = 64;
constexpr std::size_t kMostRefusedAtOnce = 256;

}  // namespace

Connections::Connections(std::size_t most, std::function<bool(const IpAddress&)> exempt)
    : most_(most), exempt_(std::move(exempt)) {}

Connections::Entry Connections::enter(Id id, const IpAddress& address, Stop stop) {
  const IpAddress subscriber = subscriber_of(address);
  const std::lock_guard lock(mutex_);
  const auto here = by_address_.find(subscriber);
  const bool address_full =
      here != by_address_.end() && here->second >= std::max(kLeastPerAddress, most_ / 4) && !exempt_(address);
  const bool full = address_full || guests_.size() - refused_ >= most_;
  if (full && refused_ >= kMostRefusedAtOnce) return Entry::Drop;
  const Entry entry = full ? Entry::Refuse : Entry::Welcome;
  if (full) ++refused_;
  else ++by_address_[subscriber];
  guests_.emplace(id, Guest{subscriber, entry, std::move(stop)});
  return entry;
}

void Connections::leave(Id id) {
  const std::lock_guard lock(mutex_);
  const auto guest = guests_.find(id);
  if (guest->second.entry == Entry::Refuse) {
    --refused_;
  } else {
    const auto here = by_address_.find(guest->second.subscriber);
    if (--here->second == 0) by_address_.erase(here);
  }
  guests_.erase(guest);
  if (guests_.empty()) changed_.notify_all();
}

bool Connections::begin_stream() {
  const std::lock_guard lock(mutex_);
  if (streams_ >= std::max<std::size_t>(most_ * 3 / 4, 1)) return false;
  ++streams_;
  return true;
}

void Connections::end_stream() {
  const std::lock_guard lock(mutex_);
  --streams_;
}

void Connections::cancel_all() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (const auto& [id, guest] : guests_) guest.stop.cancel();
  changed_.notify_all();
}

void Connections::shut_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, guest] : guests_) guest.stop.shut();
}

void Connections::wait_until_empty_or_cancelled(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return guests_.empty() || cancelled_; });
}

bool Connections::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [&] { return guests_.empty(); });
}

std::size_t Connections::count() const {
  const std::lock_guard lock(mutex_);
  return guests_.size();
}

std::size_t Connections::streams() const {
  const std::lock_guard lock(mutex_);
  return streams_;
}

}  // namespace ownkey::http
