#include "server/vault/fernet_import.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "server/crypto/fernet.h"
#include "server/crypto/password_hash.h"
#include "shared/text.h"
#include "shared/validation.h"

namespace ownkey::vault {
namespace {

// Text of another program's database, fit for a report: short, and nothing that a terminal would obey.
std::string printable(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  std::string result(text.substr(0, kLongest));
  std::ranges::replace_if(
      result, [](char c) { return c < ' ' || c > '~'; }, '?');
  return result;
}

std::optional<Provider> provider_of(std::string_view text) {
  const auto name = lowered(trimmed(text));
  if (name == "gemini") return Provider::Google;
  if (name == "claude") return Provider::Anthropic;
  return named<Provider>(name);
}

class Import {
 public:
  Import(const crypto::Key& key, ImportTarget& target, crypto::Random& random)
      : key_(key), target_(target), random_(random) {}

  Result<ImportReport> run(const store::PythonData& data) {
    wrong_key_ = is_wrong_key(data, key_);
    ImportReport report;
    for (const auto& user : data.users) {
      auto done = import_user(user);
      if (!done) return std::move(done.error());
      report.users.push_back(std::move(*done));
    }
    for (const auto& credential : data.credentials) {
      auto done = import_key(credential);
      if (!done) return std::move(done.error());
      report.credentials.push_back(std::move(*done));
    }
    return report;
  }

 private:
  struct Account {
    base::UserId id;
    std::string email;
  };

  Result<UserReport> import_user(const store::PythonUser& user) {
    UserReport report;
    report.row = printable(user.id);
    const auto result = [&](UserImport value) {
      report.result = value;
      return std::move(report);
    };
    const auto email = valid_email(user.email);
    if (!email) return result(UserImport::InvalidEmail);
    report.email = *email;
    if (wrong_key_) return result(UserImport::NotTried);
    // Two people of the original must not come to share one account.
    if (!emails_.insert(*email).second) return result(UserImport::DuplicateEmail);
    const auto existing = target_.find_account(*email);
    if (!existing) return existing.error();
    if (*existing) {
      accounts_.insert_or_assign(user.id, Account{**existing, *email});
      return result(UserImport::Exists);
    }
    const bool takes_password = user.is_active && crypto::is_password_hash(user.password_hash);
    const auto added = target_.add_account(
        {*email, valid_name(user.full_name),
         takes_password ? user.password_hash : crypto::unknown_password_hash(crypto::Argon2Cost{}, random_)});
    if (!added) {
      report.reason = added.error().public_text;
      return result(UserImport::Failed);
    }
    accounts_.insert_or_assign(user.id, Account{*added, *email});
    report.password = takes_password ? PasswordImport::TakenOver : PasswordImport::NeedsReset;
    if (!user.is_active) report.reason = "was switched off in the original";
    return result(UserImport::Created);
  }

  static std::string valid_name(std::string_view text) {
    auto name = valid_full_name(text);
    return name ? std::move(*name) : std::string();
  }

  Result<KeyReport> import_key(const store::PythonCredential& credential) {
    KeyReport report;
    report.row = printable(credential.id);
    report.provider = printable(credential.provider);
    const auto result = [&](KeyImport value, std::optional<std::string> reason = {}) {
      report.result = value;
      report.reason = std::move(reason);
      return std::move(report);
    };
    const auto account = accounts_.find(credential.user_id);
    if (account != accounts_.end()) report.email = account->second.email;
    const auto provider = provider_of(credential.provider);
    if (provider) report.provider = name_of(*provider);

    const auto opened = crypto::open_fernet(key_, credential.token);
    if (!opened.value) return result(KeyImport::Unreadable, std::string(crypto::describe(opened.failure)));
    if (account == accounts_.end()) return result(KeyImport::NoAccount, "its user was not imported");
    if (!provider) return result(KeyImport::UnknownProvider);
    if (provider_info(*provider).needs_base_url)
      return result(KeyImport::UnknownProvider, "needs a base URL; enter it in Settings");
    auto tidy = valid_api_key(*opened.value);
    if (!tidy) return result(KeyImport::InvalidKey, tidy.error().public_text);
    return save(account->second.id, *provider, std::move(tidy->key), credential.is_active, result);
  }

  Result<KeyReport> save(const base::UserId& user, Provider provider, Secret key, bool is_active, const auto& result) {
    if (!keys_.emplace(user, provider).second)
      return result(KeyImport::Kept, "another row has a key for this user and provider");
    const auto exists = target_.has_key(user, provider);
    if (!exists) return exists.error();
    if (*exists) return result(KeyImport::Kept);
    const auto added = target_.add_key(user, {.provider = provider,
                                              .label = std::string(kDefaultLabel),
                                              .base_url = std::nullopt,
                                              .key = std::move(key),
                                              .is_active = is_active});
    if (!added) return result(KeyImport::Failed, added.error().public_text);
    return result(KeyImport::Imported);
  }

  const crypto::Key& key_;
  ImportTarget& target_;
  crypto::Random& random_;
  bool wrong_key_ = false;
  std::set<std::string> emails_;
  std::map<std::string, Account> accounts_;  // by the id in the original
  std::set<std::pair<base::UserId, Provider>> keys_;
};

}  // namespace

std::int64_t ImportReport::count(UserImport result) const {
  return std::ranges::count(users, result, &UserReport::result);
}

std::int64_t ImportReport::count(PasswordImport result) const {
  return std::ranges::count(users, std::optional(result), &UserReport::password);
}

std::int64_t ImportReport::count(KeyImport result) const {
  return std::ranges::count(credentials, result, &KeyReport::result);
}

bool is_wrong_key(const store::PythonData& data, const crypto::Key& key) {
  const auto opens = [&](const auto& credential) {
    return crypto::open_fernet(key, credential.token).value.has_value();
  };
  return !data.credentials.empty() && std::ranges::none_of(data.credentials, opens);
}

Result<ImportReport> import_python_data(const store::PythonData& data, const crypto::Key& key, ImportTarget& target,
                                        crypto::Random& random) {
  return Import(key, target, random).run(data);
}

}  // namespace ownkey::vault
