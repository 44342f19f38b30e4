#include "server/vault/credential_message.h"

#include <utility>

namespace ownkey::vault {
namespace {

std::optional<std::string> time_text(const std::optional<base::Time>& time) {
  if (!time) return std::nullopt;
  return base::rfc3339(*time);
}

std::optional<api::PreviousKey> message_of(std::optional<PreviousKey> previous) {
  if (!previous) return std::nullopt;
  return api::PreviousKey{std::move(previous->masked_key), base::rfc3339(previous->replaced_at),
                          base::rfc3339(previous->until)};
}

}  // namespace

api::Credential message_of(CredentialInfo info) {
  return {.id = info.id.text(),
          .provider = info.provider,
          .label = std::move(info.label),
          .masked_key = std::move(info.masked_key),
          .is_active = info.is_active,
          .base_url = std::move(info.base_url),
          .created_at = base::rfc3339(info.created_at),
          .updated_at = base::rfc3339(info.updated_at),
          .last_used_at = time_text(info.last_used_at),
          .last_verified_at = time_text(info.last_verified_at),
          .verification = std::move(info.verification),
          .health = info.health,
          .previous = message_of(std::move(info.previous)),
          .notice = std::nullopt};
}

}  // namespace ownkey::vault
