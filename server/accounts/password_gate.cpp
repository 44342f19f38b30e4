#include "server/accounts/password_gate.h"

namespace ownkey::accounts {

// Holds a place among those that hash.
class PasswordGate::Turn {
 public:
  explicit Turn(PasswordGate& gate) : gate_(gate), entered_(gate.enter()) {}
  ~Turn() {
    if (entered_) gate_.leave();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  const Result<void>& entered() const { return entered_; }

 private:
  PasswordGate& gate_;
  Result<void> entered_;
};

PasswordGate::PasswordGate(PasswordGateOptions options, crypto::Random& random)
    : options_(options), random_(random), nobodys_hash_(crypto::unknown_password_hash(options.cost, random)) {}

Result<std::string> PasswordGate::hash(const Secret& password) {
  const Turn turn(*this);
  if (!turn.entered()) return turn.entered().error();
  return crypto::hash_password(password, options_.cost, random_);
}

Result<crypto::PasswordCheck> PasswordGate::check(const Secret& password, std::string_view hash) {
  const Turn turn(*this);
  if (!turn.entered()) return turn.entered().error();
  return crypto::check_password(password, hash, options_.cost);
}

Result<void> PasswordGate::check_nobody(const Secret& password) {
  if (auto checked = check(password, nobodys_hash_); !checked) return checked.error();
  return {};
}

Result<void> PasswordGate::enter() {
  std::unique_lock lock(lock_);
  if (running_ >= options_.at_once) {
    if (waiting_ >= options_.waiting)
      return Error{
          ErrorKind::Busy, "too many people are signing in at this moment; try again in a few seconds", {}, {}, 5};
    ++waiting_;
    free_.wait(lock, [&] { return running_ < options_.at_once; });
    --waiting_;
  }
  ++running_;
  return {};
}

void PasswordGate::leave() {
  {
    const std::scoped_lock lock(lock_);
    --running_;
  }
  free_.notify_one();
}

}  // namespace ownkey::accounts
