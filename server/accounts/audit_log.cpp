#include "server/accounts/audit_log.h"

#include <utility>

namespace ownkey::accounts {
namespace {

// Password checks are slow and few at a time, so only a disk that hardly answers lets so many gather.
constexpr std::size_t kMostWaiting = 1000;

}  // namespace

AuditLog::AuditLog(store::AccountStore& accounts, store::UserStores& users, const base::Clock& clock, base::Log& log)
    : accounts_(accounts), users_(users), clock_(clock), log_(log), writer_([this](const std::stop_token& stop) {
        write_all(stop);
      }) {}

void AuditLog::record(const base::UserId& user, AuditAction action, const base::Client& client, std::string subject) {
  if (auto done = append(user, {action, std::move(subject), client, clock_.now()}); !done) complain(user, done.error());
}

void AuditLog::record_refused(const base::UserId& user, AuditAction action, const base::Client& client,
                              ErrorKind failure) {
  {
    const std::scoped_lock lock(lock_);
    if (waiting_.size() < kMostWaiting) waiting_.push_back({user, {action, {}, client, clock_.now(), failure}});
  }
  came_.notify_one();
}

Result<std::vector<store::AuditEntry>> AuditLog::entries(const base::UserId& user, std::optional<std::int64_t> before,
                                                         std::size_t limit) {
  return users_.read(user, [&](store::UserView& view) { return view.audit(before, limit); });
}

Result<void> AuditLog::append(const base::UserId& user, const store::AuditNote& note) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  return (*store)->append_audit(note);
}

void AuditLog::complain(const base::UserId& user, const Error& error) {
  log_.warning("an entry of the audit log was not written", {{"user", user.text()}, {"error", error.log_text}});
}

void AuditLog::write(const Waiting& refused) {
  // Somebody may have left meanwhile, which is nothing to complain of.
  const auto known = accounts_.get_user(refused.user);
  if (!known || !*known) return;
  if (auto done = append(refused.user, refused.note); !done) complain(refused.user, done.error());
}

void AuditLog::write_all(const std::stop_token& stop) {
  std::unique_lock lock(lock_);
  // Once it shall stop, this says true as long as something waits.
  while (came_.wait(lock, stop, [&] { return !waiting_.empty(); })) {
    const auto next = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    write(next);
    lock.lock();
  }
}

}  // namespace ownkey::accounts
