// What a person's audit log tells of. A new kind takes one line in each of the two lists.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace ownkey {

enum class AuditAction {
  AccountCreated,
  AccountImported,
  AccountExported,
  AccountDeleted,  // refused: when it is done, the log is gone with everything else
  AccountDisabled,
  AccountEnabled,
  ProfileChanged,
  PasswordChanged,
  PreferencesChanged,
  TwoFactorEnabled,
  TwoFactorDisabled,
  RecoveryCodeUsed,
  RecoveryCodesRenewed,
  SessionStarted,
  SessionEnded,
  SessionRevoked,
  CredentialSaved,
  CredentialReplaced,
  CredentialRestored,
  CredentialChanged,
  CredentialRemoved,
  CredentialVerified,
  WorkflowCreated,
  WorkflowChanged,
  WorkflowDeleted,
  DataKeyRotated,
  FailoverChanged,
  BudgetChanged,
};

constexpr auto names_of(AuditAction) {
  using enum AuditAction;
  return std::to_array<std::pair<AuditAction, std::string_view>>({
      {AccountCreated, "account.created"},
      {AccountImported, "account.imported"},
      {AccountExported, "account.exported"},
      {AccountDeleted, "account.deleted"},
      {AccountDisabled, "account.disabled"},
      {AccountEnabled, "account.enabled"},
      {ProfileChanged, "profile.changed"},
      {PasswordChanged, "password.changed"},
      {PreferencesChanged, "preferences.changed"},
      {TwoFactorEnabled, "two_factor.enabled"},
      {TwoFactorDisabled, "two_factor.disabled"},
      {RecoveryCodeUsed, "recovery_code.used"},
      {RecoveryCodesRenewed, "recovery_codes.renewed"},
      {SessionStarted, "session.started"},
      {SessionEnded, "session.ended"},
      {SessionRevoked, "session.revoked"},
      {CredentialSaved, "credential.saved"},
      {CredentialReplaced, "credential.replaced"},
      {CredentialRestored, "credential.restored"},
      {CredentialChanged, "credential.changed"},
      {CredentialRemoved, "credential.removed"},
      {CredentialVerified, "credential.verified"},
      {WorkflowCreated, "workflow.created"},
      {WorkflowChanged, "workflow.changed"},
      {WorkflowDeleted, "workflow.deleted"},
      {DataKeyRotated, "data_key.rotated"},
      {FailoverChanged, "failover.changed"},
      {BudgetChanged, "budget.changed"},
  });
}

}  // namespace ownkey
