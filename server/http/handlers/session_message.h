// What the API says of a session.
#pragma once

#include <vector>

#include "server/accounts/sessions.h"
#include "server/http/message.h"
#include "shared/api/account_settings.h"

namespace ownkey::http {

// `current` is the session that asks.
std::vector<api::SessionEntry> messages_of(const std::vector<accounts::SessionInfo>& sessions,
                                           const base::SessionId& current);

}  // namespace ownkey::http
