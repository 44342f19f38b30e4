// AuditLog: what happened to a person's account and data, for that person to read. Changes of their data tell of
// themselves (store::UserStore); here comes what changes nothing there, such as signing in.
//
// Safe from several threads; one of its own writes what may come later. Borrows everything it is given, which must
// outlive it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "shared/result.h"

namespace ownkey::accounts {

class AuditLog {
 public:
  AuditLog(store::AccountStore& accounts, store::UserStores& users, const base::Clock& clock, base::Log& log);
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Returns when it is on the disk. When it cannot be written (a full disk), the server's log says so and the caller
  // goes on: nobody is kept from signing in or out by it.
  void record(const base::UserId& user, AuditAction action, const base::Client& client, std::string subject = {});

  // A sign-in that failed, written in a moment by another thread: the time of the answer must not tell that the account
  // exists.
  void record_refused(const base::UserId& user, const base::Client& client, ErrorKind failure);

  // Newest first, those before the given sequence.
  Result<std::vector<store::AuditEntry>> entries(const base::UserId& user, std::optional<std::int64_t> before,
                                                 std::size_t limit);

 private:
  struct Waiting {
    base::UserId user;
    store::AuditNote note;
  };

  Result<void> append(const base::UserId& user, const store::AuditNote& note);
  void complain(const base::UserId& user, const Error& error);
  void write(const Waiting& refused);
  void write_all(const std::stop_token& stop);

  store::AccountStore& accounts_;
  store::UserStores& users_;
  const base::Clock& clock_;
  base::Log& log_;
  std::mutex lock_;
  std::condition_variable_any came_;
  std::deque<Waiting> waiting_;
  std::jthread writer_;  // last: it uses all the others, and writes what waits before it ends
};

}  // namespace ownkey::accounts
