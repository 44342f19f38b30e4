#include "server/commands/user.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "server/accounts/administration.h"
#include "server/base/log.h"
#include "server/commands/existing_data.h"
#include "server/commands/output.h"
#include "server/commands/typed_password.h"
#include "server/crypto/digest.h"
#include "server/installation/installation.h"
#include "server/store/all_users.h"

namespace ownkey::commands {
namespace {

constexpr std::size_t kOpenUserFiles = 1;

json json_of(const store::UserRow& row) {
  json object{{"id", row.id.text()},
              {"email", row.email},
              {"full_name", row.full_name},
              {"created_at", base::rfc3339(row.created_at)},
              {"disabled", row.disabled_at.has_value()}};
  if (row.disabled_at) object["disabled_at"] = base::rfc3339(*row.disabled_at);
  return object;
}

void print_line(const store::UserRow& row) {
  std::cout << row.id.text() << "  " << base::rfc3339(row.created_at) << "  "
            << (row.disabled_at ? "disabled" : "enabled ") << "  " << row.email << '\n';
}

int list(const config::Config& config, bool as_json) {
  const auto accounts = open_existing_accounts(config, Access::ReadOnly);
  if (!accounts) return fail(accounts.error());
  json users = json::array();
  const auto done = store::for_each_user(**accounts, [&](const base::UserId& user) -> Result<bool> {
    const auto row = (*accounts)->get_user(user);
    if (!row) return row.error();
    if (!*row) return true;  // erased since
    if (as_json) users.push_back(json_of(**row));
    else print_line(**row);
    return true;
  });
  if (!done) return fail(done.error());
  if (as_json) print({{"users", std::move(users)}});
  return kDone;
}

// The result of a command about one user, for the one or the other reader.
int finish(const store::UserRow& user, const std::string& text, bool as_json, json more = json::object()) {
  more["user"] = user.id.text();
  if (as_json) print(more);
  else std::cout << "user " << user.id.text() << " (" << user.email << "): " << text << '\n';
  return kDone;
}

int reset_password(accounts::Administration& administration, const store::UserRow& user,
                   const std::optional<Secret>& given, crypto::Random& random, bool as_json) {
  const auto password = given ? given->clone() : accounts::new_password(random);
  if (auto reset = administration.reset_password(user.id, password); !reset) return fail(reset.error());
  if (given) return finish(user, "the password is changed, and all sessions are ended", as_json);
  const std::string text(password.reveal());
  return finish(user, "the new password is " + text + "; all sessions are ended", as_json, {{"password", text}});
}

}  // namespace

UserCommand::UserCommand(CLI::App& program)
    : Command(program, "user", "look after accounts, also while the server runs"),
      list_(add("list", "list all users")),
      disable_(add_for_one("disable", "end all sessions of a user and let nobody sign in to the account")),
      enable_(add_for_one("enable", "let a disabled user sign in again")),
      reset_password_(add_for_one("reset-password", "give a user a new random password, and end all sessions")),
      reset_two_factor_(add_for_one("reset-two-factor", "switch two-factor sign-in off for who lost phone and codes")),
      begin_anew_(
          add_for_one("begin-anew", "let a user whose file was lost, and is in no backup, begin with nothing")) {
  app_->require_subcommand(1);
  reset_password_->add_flag("--from-stdin", reads_password_, "read the new password from standard input instead");
}

CLI::App* UserCommand::add(const std::string& name, const std::string& meaning) {
  auto* command = app_->add_subcommand(name, meaning);
  command->fallthrough();  // --data may stand anywhere
  command->add_flag("--json", as_json_, "print one JSON object");
  return command;
}

CLI::App* UserCommand::add_for_one(const std::string& name, const std::string& meaning) {
  auto* command = add(name, meaning);
  command->add_option("user", user_, "the id or e-mail address of the user")->required();
  return command;
}

int UserCommand::run(config::Config config) const {
  if (list_->parsed()) return list(config, as_json_);

  const auto store = open_existing_accounts(config, Access::Writing);
  if (!store) return fail(store.error());
  const base::SystemClock clock;
  crypto::SystemRandom random;
  auto log = base::Log::to_stderr(config.log);
  store::UserStores users(config.data, kOpenUserFiles, crypto::sha256_text, store->get());
  accounts::AuditLog audit(**store, users, clock, log);
  accounts::Administration administration(**store, users, audit, random, clock);
  const auto user = administration.find(user_);
  if (!user) return fail(user.error());
  if (reset_password_->parsed()) {
    std::optional<Secret> given;
    if (reads_password_) {
      auto typed = read_password();
      if (!typed) return fail(typed.error());
      given = std::move(*typed);
    }
    return reset_password(administration, *user, given, random, as_json_);
  }
  if (reset_two_factor_->parsed()) {
    const auto reset = administration.reset_two_factor(user->id);
    if (!reset) return fail(reset.error());
    return finish(*user, *reset ? "two-factor sign-in is off now" : "two-factor sign-in was off already", as_json_);
  }
  if (begin_anew_->parsed()) {
    if (auto begun = administration.begin_anew(user->id); !begun) return fail(begun.error());
    return finish(*user, "begins with nothing; the password is the same, and all sessions are ended", as_json_);
  }
  if (disable_->parsed()) {
    if (auto disabled = administration.disable(user->id); !disabled) return fail(disabled.error());
    return finish(*user, "disabled, and all sessions are ended", as_json_);
  }
  if (auto enabled = administration.enable(user->id); !enabled) return fail(enabled.error());
  return finish(*user, "enabled", as_json_);
}

}  // namespace ownkey::commands
