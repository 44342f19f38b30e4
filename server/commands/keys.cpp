#include "server/commands/keys.h"

#include <iomanip>
#include <iostream>
#include <utility>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/commands/existing_data.h"
#include "server/commands/output.h"
#include "server/commands/progress.h"
#include "server/crypto/digest.h"
#include "server/crypto/random.h"
#include "server/store/all_users.h"
#include "server/store/user_stores.h"
#include "server/vault/data_key_rotation.h"
#include "server/vault/key_doctor.h"
#include "server/vault/key_ring.h"
#include "server/vault/master_key_rotation.h"
#include "server/vault/master_key_status.h"
#include "shared/fields.h"

namespace ownkey::commands {
namespace {

constexpr std::size_t kOpenUserFiles = 4;

std::string explain(const vault::MasterKeyStatus& key) {
  switch (key.state) {
    case vault::KeyState::Primary: return "primary: it encrypts";
    case vault::KeyState::Needed: return "needed until 'ownkey keys rotate' has run";
    case vault::KeyState::MayGo: return "may go: no data key needs it";
    case vault::KeyState::New: return "new: start the server with it before you rotate";
    case vault::KeyState::Missing: return "missing: give it, or what it protects cannot be read";
    case vault::KeyState::Wrong: return "wrong: another key had this id here";
  }
  return {};
}

int status(const ExistingData& data, bool as_json) {
  const auto keys = vault::master_key_status(data.facts, data.keys);
  bool is_well = true;
  json list = json::array();
  if (!as_json) std::cout << "key   data keys  state\n";
  for (const auto& key : keys) {
    is_well = is_well && key.state != vault::KeyState::Missing && key.state != vault::KeyState::Wrong;
    list.push_back({{"key", crypto::key_name(key.id)}, {"data_keys", key.data_keys}, {"state", name_of(key.state)}});
    if (!as_json)
      std::cout << std::left << std::setw(4) << crypto::key_name(key.id) << std::right << std::setw(11) << key.data_keys
                << "  " << explain(key) << '\n';
  }
  if (as_json) print({{"primary", crypto::key_name(data.keys.primary())}, {"keys", std::move(list)}});
  return is_well ? kDone : kNeedsOperator;
}

int rotate(const ExistingData& data, crypto::Random& random, bool as_json) {
  const auto opened = open_for_writing(data, random);
  if (!opened) return fail(opened.error());
  const auto report = [&] {
    Progress progress("data keys");
    return vault::rewrap_data_keys(*opened->accounts, opened->keys,
                                   [&](std::int64_t done, std::int64_t all) { progress.show(done, all); });
  }();
  if (!report) return fail(report.error());
  const auto primary = crypto::key_name(data.keys.primary());
  if (as_json)
    print({{"primary", primary},
           {"rewrapped", report->rewrapped},
           {"unreadable", report->unreadable},
           {"remaining", report->remaining}});
  else
    std::cout << counted(report->rewrapped, "data key") << " moved to " << primary << ", " << report->remaining
              << " still with another key\n";
  if (report->unreadable > 0)
    complain(
        {ErrorKind::CredentialUnreadable, counted(report->unreadable, "data key") +
                                              " cannot be read and stayed; 'ownkey keys doctor' names the users, and "
                                              "'ownkey keys rotate-data' gives each a new one"});
  else if (report->remaining > 0)
    complain({ErrorKind::Busy, "data keys came with another key meanwhile; is there a server whose first key is not " +
                                   primary + "? run this again"});
  return report->remaining == 0 ? kDone : kNeedsOperator;
}

class DataKeysRun {
 public:
  explicit DataKeysRun(vault::DataKeyRotation rotation) : rotation_(rotation) {}

  Result<void> one(const base::UserId& user) {
    const auto report = rotation_.renew(user, base::command_line());
    if (!report) return report.error();
    ++users_;
    moved_ += report->moved;
    unreadable_ += report->unreadable;
    return {};
  }

  // One user's trouble does not hold up the others.
  Result<void> all() {
    Progress progress("users");
    return store::for_each_user(rotation_.accounts, [&](const base::UserId& user) -> Result<bool> {
      if (auto done = one(user); !done && done.error().kind != ErrorKind::NotFound) {
        ++failed_;
        complain(done.error(), "user " + user.text() + ": ");
      }
      progress.show(users_ + failed_);
      return true;
    });
  }

  int finish(bool as_json) const {
    if (as_json) print({{"users", users_}, {"moved", moved_}, {"unreadable", unreadable_}, {"failed", failed_}});
    else
      std::cout << counted(users_, "user") << " with a new data key, " << counted(moved_, "value") << " moved to it\n";
    if (unreadable_ > 0)
      complain({ErrorKind::CredentialUnreadable,
                counted(unreadable_, "value") + " cannot be read and stayed; 'ownkey keys doctor' names them"});
    return unreadable_ == 0 && failed_ == 0 ? kDone : kNeedsOperator;
  }

 private:
  vault::DataKeyRotation rotation_;
  std::int64_t users_ = 0;
  std::int64_t moved_ = 0;
  std::int64_t unreadable_ = 0;
  std::int64_t failed_ = 0;
};

int rotate_data(const ExistingData& data, crypto::Random& random, const std::string& user, bool as_json) {
  const auto opened = open_for_writing(data, random);
  if (!opened) return fail(opened.error());
  const base::SystemClock clock;
  store::UserStores users(data.folder, kOpenUserFiles, crypto::sha256_text, opened->accounts.get());
  DataKeysRun run({*opened->accounts, users, opened->keys, random, clock});
  if (auto done = user.empty() ? run.all() : run.one(base::UserId(user)); !done) return fail(done.error());
  return run.finish(as_json);
}

json json_of(const vault::Tally& tally) {
  return {{"readable", tally.readable}, {"needs_key", tally.needs_key}, {"lost", tally.lost}};
}

json json_of(const vault::Finding& finding) {
  json object{{"user", finding.user.text()}, {"what", finding.name}, {"condition", name_of(finding.condition)}};
  if (!finding.credential.text().empty()) object["credential_id"] = finding.credential.text();
  if (finding.needs) object["needs"] = crypto::key_name(*finding.needs);
  if (!finding.reason.empty()) object["reason"] = finding.reason;
  return object;
}

std::string text_of(const vault::Finding& finding) {
  const auto what = "user " + finding.user.text() + ": " + finding.name + ": ";
  if (finding.needs) return what + "needs master key " + crypto::key_name(*finding.needs);
  return what + "lost: " + finding.reason;
}

std::string text_of(const vault::Tally& tally) {
  return std::to_string(tally.readable) + " readable, " + std::to_string(tally.needs_key) + " need a missing key, " +
         std::to_string(tally.lost) + " lost";
}

int doctor(const ExistingData& data, crypto::Random& random, bool as_json) {
  const auto accounts = store::open_account_store_read_only(data.accounts_file);
  if (!accounts) return fail(accounts.error());
  const auto keys = vault::KeyRing::of_fitting(data.facts, data.keys, random);
  const store::UserStores users(data.folder, 1, crypto::sha256_text);
  json findings = json::array();
  const auto found = [&](const vault::Finding& finding) {
    if (as_json) findings.push_back(json_of(finding));
    else std::cout << text_of(finding) << '\n';
  };
  const auto examination = [&] {
    Progress progress("users");
    return vault::KeyDoctor(**accounts, users, keys)
        .examine(vault::KeyDoctor::Depth::Values, found, [&](const vault::Examination& so_far) {
          progress.show(so_far.users);
          return true;
        });
  }();
  if (!examination) return fail(examination.error());
  if (as_json)
    print({{"users", examination->users},
           {"data_keys", json_of(examination->data_keys)},
           {"values", json_of(examination->values)},
           {"findings", std::move(findings)}});
  else
    std::cout << counted(examination->users, "user") << '\n'
              << "data keys: " << text_of(examination->data_keys) << '\n'
              << "stored keys: " << text_of(examination->values) << '\n';
  return examination->data_keys.all_readable() && examination->values.all_readable() ? kDone : kNeedsOperator;
}

}  // namespace

KeysCommand::KeysCommand(CLI::App& program)
    : Command(program, "keys", "look after the keys that encrypt the data, also while the server runs"),
      status_(add("status", "say which master keys are needed and which may go")),
      rotate_(add("rotate", "move all data keys to the primary master key")),
      rotate_data_(add("rotate-data", "give users new data keys, and move what they stored to them")),
      doctor_(add("doctor", "say of each stored key whether it can be read, without changing anything")) {
  app_->require_subcommand(1);
  auto* who = rotate_data_->add_option_group("who");
  who->add_option("--user", user_, "the id of one user");
  who->add_flag("--all", all_users_, "every user");
  who->require_option(1);
}

CLI::App* KeysCommand::add(const std::string& name, const std::string& meaning) {
  auto* command = app_->add_subcommand(name, meaning);
  command->fallthrough();  // --data and --keys-file may stand anywhere
  command->add_flag("--json", as_json_, "print one JSON object");
  command->footer("--data, --keys-file and the environment as for 'ownkey serve'.");
  return command;
}

int KeysCommand::run(config::Config config) const {
  crypto::SystemRandom random;
  const auto data = read_existing_data(config, random);
  if (!data) return fail(data.error());
  if (status_->parsed()) return status(*data, as_json_);
  if (rotate_->parsed()) return rotate(*data, random, as_json_);
  if (rotate_data_->parsed()) return rotate_data(*data, random, user_, as_json_);
  return doctor(*data, random, as_json_);
}

}  // namespace ownkey::commands
