#include "web/pages/audit_sentence.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/audit_action.h"
#include "shared/provider.h"
#include "web/pages/format.h"

namespace ownkey::pages {
namespace {

// A '%' stands for what it was done to.
constexpr auto kSentences = std::to_array<std::pair<AuditAction, std::string_view>>({
    {AuditAction::AccountCreated, "Account created"},
    {AuditAction::AccountImported, "Account brought over from another server"},
    {AuditAction::AccountExported, "Data exported"},
    {AuditAction::AccountDeleted, "Deletion of the account"},
    {AuditAction::AccountDisabled, "Account switched off"},
    {AuditAction::AccountEnabled, "Account switched on again"},
    {AuditAction::TwoFactorEnabled, "Two-factor sign-in switched on"},
    {AuditAction::TwoFactorDisabled, "Two-factor sign-in switched off"},
    {AuditAction::RecoveryCodeUsed, "Recovery code used"},
    {AuditAction::RecoveryCodesRenewed, "New recovery codes made"},
    {AuditAction::ProfileChanged, "Profile changed"},
    {AuditAction::PasswordChanged, "Password changed"},
    {AuditAction::PreferencesChanged, "Preferences changed"},
    {AuditAction::SessionStarted, "Signed in"},
    {AuditAction::SessionEnded, "Signed out"},
    {AuditAction::SessionRevoked, "Signed out elsewhere"},
    {AuditAction::CredentialSaved, "% saved"},
    {AuditAction::CredentialReplaced, "% replaced"},
    {AuditAction::CredentialRestored, "% brought back"},
    {AuditAction::CredentialChanged, "% changed"},
    {AuditAction::CredentialRemoved, "% removed"},
    {AuditAction::CredentialVerified, "% verified"},
    {AuditAction::WorkflowCreated, "Workflow created"},
    {AuditAction::WorkflowChanged, "Workflow changed"},
    {AuditAction::WorkflowDeleted, "Workflow deleted"},
    {AuditAction::DataKeyRotated, "Keys encrypted anew"},
    {AuditAction::FailoverChanged, "Order and use of keys changed"},
    {AuditAction::BudgetChanged, "Monthly budget of % changed"},
});

// "openai/work" is "OpenAI key work".
std::string key_of(std::string_view subject) {
  const auto slash = subject.find('/');
  const auto provider = named<Provider>(subject.substr(0, slash));
  if (!provider) return "Key";
  std::string name = std::string(provider_info(*provider).name) + " key";
  const auto label = slash == std::string_view::npos ? "" : subject.substr(slash + 1);
  return label.empty() || label == "default" ? name : name + " " + std::string(label);
}

std::string with_spaces(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
  return text;
}

}  // namespace

std::string audit_sentence(const api::AuditEntry& entry) {
  std::string text = with_spaces(entry.action);  // of a later version
  const auto action = named<AuditAction>(entry.action);
  for (const auto& [known, sentence] : kSentences)
    if (action == known) text = sentence;
  if (const auto at = text.find('%'); at != std::string::npos)
    text.replace(at, 1, key_of(entry.subject ? std::string_view(*entry.subject) : ""));
  return entry.result == "success" ? text : text + " refused: " + with_spaces(entry.result);
}

std::string audit_origin(const api::AuditEntry& entry) {
  if (entry.who == api::Actor::Operator) return "the operator of this server";
  const std::string from = program(entry.agent ? std::string_view(*entry.agent) : "") + " · " + entry.address;
  return entry.who == api::Actor::Unknown ? from + " · not signed in" : from;
}

}  // namespace ownkey::pages
