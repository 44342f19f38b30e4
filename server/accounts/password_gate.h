// PasswordGate: hashes and checks passwords, a bounded number at a time, because each hash takes 64 MiB and a whole
// core.
//
// Safe from several threads; callers wait for their turn. Borrows the Random.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "server/crypto/password_hash.h"
#include "server/crypto/random.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

struct PasswordGateOptions {
  std::size_t at_once = 1;   // one a core is right
  std::size_t waiting = 32;  // beyond this, Busy
  crypto::Argon2Cost cost = {};
};

class PasswordGate {
 public:
  PasswordGate(PasswordGateOptions options, crypto::Random& random);

  Result<std::string> hash(const Secret& password);
  Result<crypto::PasswordCheck> check(const Secret& password, std::string_view hash);
  // The same work for nobody, so that the time of an answer does not tell whether an account exists.
  Result<void> check_nobody(const Secret& password);

 private:
  class Turn;
  Result<void> enter();
  void leave();

  PasswordGateOptions options_;
  crypto::Random& random_;
  std::string nobodys_hash_;
  std::mutex lock_;
  std::condition_variable free_;
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace ownkey::accounts
