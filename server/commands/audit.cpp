#include "server/commands/audit.h"

#include <filesystem>
#include <iostream>
#include <utility>

#include "server/commands/existing_data.h"
#include "server/commands/output.h"
#include "server/commands/progress.h"
#include "server/crypto/digest.h"
#include "server/installation/installation.h"
#include "server/store/all_users.h"
#include "server/store/audit_check.h"
#include "server/store/user_stores.h"

namespace ownkey::commands {
namespace {

json json_of(const base::UserId& user, const store::AuditReport& report) {
  json object{{"user", user.text()}, {"entries", report.entries}, {"first", report.first}};
  if (report.head) object["head"] = {{"sequence", report.head->sequence}, {"hash", report.head->hash}};
  if (report.broken) object["broken"] = {{"sequence", report.broken->sequence}, {"reason", report.broken->reason}};
  return object;
}

std::string text_of(const store::AuditReport& report) {
  auto text = std::to_string(report.entries) + (report.entries == 1 ? " entry" : " entries");
  if (report.first > 1) text += ", the oldest is " + std::to_string(report.first);
  if (report.head) text += ", head " + std::to_string(report.head->sequence) + " " + report.head->hash;
  if (report.broken)
    text += ", BROKEN at entry " + std::to_string(report.broken->sequence) + ": " + report.broken->reason;
  return text;
}

class Verification {
 public:
  Verification(store::AccountStore& accounts, const std::filesystem::path& folder, bool as_json)
      : accounts_(accounts), folder_(folder), as_json_(as_json) {}

  void one(const base::UserId& user) {
    ++users_;
    const auto report = check(user);
    if (!report) {
      ++unreadable_;
      complain(report.error(), "user " + user.text() + ": ");
      return;
    }
    if (report->broken) ++broken_;
    if (as_json_) logs_.push_back(json_of(user, *report));
    else std::cout << "user " << user.text() << ": " << text_of(*report) << '\n';
  }

  Result<void> all() {
    Progress progress("users");
    return store::for_each_user(accounts_, [&](const base::UserId& user) -> Result<bool> {
      one(user);
      progress.show(users_);
      return true;
    });
  }

  int finish() {
    if (as_json_)
      print({{"users", users_}, {"broken", broken_}, {"unreadable", unreadable_}, {"logs", std::move(logs_)}});
    else std::cout << counted(users_, "user") << ", " << broken_ << " broken, " << unreadable_ << " unreadable\n";
    return broken_ == 0 && unreadable_ == 0 ? kDone : kNeedsOperator;
  }

 private:
  Result<store::AuditReport> check(const base::UserId& user) {
    const auto mark = accounts_.file_mark(user);
    if (!mark) return mark.error();
    return store::check_audit(store::user_file(folder_, user), user, *mark, crypto::sha256_text);
  }

  store::AccountStore& accounts_;
  const std::filesystem::path& folder_;
  const bool as_json_;
  std::int64_t users_ = 0;
  std::int64_t broken_ = 0;
  std::int64_t unreadable_ = 0;
  json logs_ = json::array();
};

}  // namespace

AuditCommand::AuditCommand(CLI::App& program)
    : Command(program, "audit", "look after the audit logs of users, also while the server runs") {
  app_->require_subcommand(1);
  auto* verify = app_->add_subcommand("verify", "say of each user's log whether an entry was changed or taken out");
  verify->fallthrough();  // --data may stand anywhere
  auto* one = verify->add_option("--user", user_, "the id of one user");
  verify->add_flag("--all", all_users_, "every user, as without --user")->excludes(one);
  verify->add_flag("--json", as_json_, "print one JSON object");
}

int AuditCommand::run(config::Config config) const {
  const auto accounts = open_existing_accounts(config, Access::ReadOnly);
  if (!accounts) return fail(accounts.error());
  Verification verification(**accounts, config.data, as_json_);
  if (user_.empty()) {
    if (auto done = verification.all(); !done) return fail(done.error());
    return verification.finish();
  }
  const base::UserId user(user_);
  const auto known = (*accounts)->get_user(user);
  if (!known) return fail(known.error());
  if (!*known) return fail({ErrorKind::NotFound, "there is no user with the id " + user_});
  verification.one(user);
  return verification.finish();
}

}  // namespace ownkey::commands
