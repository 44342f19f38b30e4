#include "server/commands/user.h"

#include <filesystem>
#include <iostream>
#include <utility>

#include "server/accounts/administration.h"
#include "server/accounts/audit_log.h"
#include "server/accounts/erasure.h"
#include "server/base/log.h"
#include "server/commands/existing_data.h"
#include "server/commands/output.h"
#include "server/commands/typed_password.h"
#include "server/crypto/digest.h"
#include "server/store/all_users.h"
#include "server/store/user_stores.h"

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

// A password, and how it came about.
struct Password {
  Secret text;
  bool is_new;  // made here, so that it must be shown

  // To be told once: it is kept nowhere.
  json shown() const { return is_new ? json{{"password", std::string(text.reveal())}} : json::object(); }
  std::string told() const { return is_new ? "the password is " + std::string(text.reveal()) : "the password is set"; }
};

Result<Password> password(bool from_stdin, crypto::Random& random) {
  if (!from_stdin) return Password{accounts::new_password(random), true};
  auto typed = read_password();
  if (!typed) return std::move(typed.error());
  return Password{std::move(*typed), false};
}

// What the commands about one user work with.
struct AccountTools {
  AccountTools(const config::Config& config, store::AccountStore& store)
      : accounts(store),
        log(base::Log::to_stderr(config.log)),
        users(config.data, kOpenUserFiles, crypto::sha256_text, &accounts) {}

  store::AccountStore& accounts;
  base::SystemClock clock;
  crypto::SystemRandom random;
  base::Log log;
  store::UserStores users;
  accounts::AuditLog audit{accounts, users, clock, log};
  accounts::Administration administration{accounts, users, audit, random, clock};
  accounts::Erasure erasure{accounts, users, log};
};

}  // namespace

UserCommand::UserCommand(CLI::App& program)
    : Command(program, "user", "look after accounts, also while the server runs"),
      list_(add("list", "list all users")),
      add_(add("add", "make an account, whoever may sign up, with a new random password")),
      delete_(add_for_one("delete", "erase an account and everything of it, for good")),
      disable_(add_for_one("disable", "end all sessions of a user and let nobody sign in to the account")),
      enable_(add_for_one("enable", "let a disabled user sign in again")),
      reset_password_(add_for_one("reset-password", "give a user a new random password, and end all sessions")),
      reset_two_factor_(
          add_for_one("reset-two-factor", "switch two-factor sign-in off for somebody who lost phone and codes")),
      begin_anew_(
          add_for_one("begin-anew", "let a user whose file was lost, and is in no backup, begin with nothing")) {
  app_->require_subcommand(1);
  add_->add_option("email", email_, "the e-mail address to sign in with")->required();
  add_->add_option("--name", full_name_, "the name of the user");
  delete_->add_flag("--yes", is_sure_, "needed, as nothing of it comes back")->required();
  for (auto* command : {add_, reset_password_})
    command->add_flag("--from-stdin", reads_password_, "read the password from standard input instead");
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
  return add_->parsed() ? add_user(std::move(config)) : change_user(config);
}

int UserCommand::add_user(config::Config config) const {
  crypto::SystemRandom random;
  const auto data = read_existing_data(config, random);
  if (!data) return fail(data.error());
  const auto opened = open_for_writing(*data, random);
  if (!opened) return fail(opened.error());
  AccountTools tools(config, *opened->accounts);
  const auto chosen = password(reads_password_, random);
  if (!chosen) return fail(chosen.error());
  const auto added = tools.administration.add(
      email_, full_name_, chosen->text, [&](const base::UserId& user) { return opened->keys.new_data_key(user); });
  if (!added) return fail(added.error());
  return finish(*added, "added; " + chosen->told(), as_json_, chosen->shown());
}

int UserCommand::change_user(const config::Config& config) const {
  const auto opened = open_existing_accounts(config, Access::Writing);
  if (!opened) return fail(opened.error());
  AccountTools tools(config, **opened);
  auto& administration = tools.administration;
  const auto user = administration.find(user_);
  if (!user) return fail(user.error());
  if (reset_password_->parsed()) {
    const auto chosen = password(reads_password_, tools.random);
    if (!chosen) return fail(chosen.error());
    if (auto reset = administration.reset_password(user->id, chosen->text); !reset) return fail(reset.error());
    return finish(*user, chosen->told() + "; all sessions are ended", as_json_, chosen->shown());
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
  if (delete_->parsed()) {
    const auto erased = tools.erasure.erase(user->id);
    if (!erased) return fail(erased.error());
    if (*erased == accounts::Erasure::Rest::None) return finish(*user, "erased, with everything of it", as_json_);
    (void)finish(*user, "gone, but not all of it could be removed yet; the server does that within a minute", as_json_);
    return kNeedsOperator;
  }
  if (disable_->parsed()) {
    if (auto disabled = administration.disable(user->id); !disabled) return fail(disabled.error());
    return finish(*user, "disabled, and all sessions are ended", as_json_);
  }
  if (auto enabled = administration.enable(user->id); !enabled) return fail(enabled.error());
  return finish(*user, "enabled", as_json_);
}

}  // namespace ownkey::commands
