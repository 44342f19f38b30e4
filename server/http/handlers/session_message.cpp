#include "server/http/handlers/session_message.h"

namespace ownkey::http {

std::vector<api::SessionEntry> messages_of(const std::vector<accounts::SessionInfo>& sessions,
                                           const base::SessionId& current) {
  std::vector<api::SessionEntry> entries;
  entries.reserve(sessions.size());
  for (const auto& session : sessions)
    entries.push_back({session.id.text(), base::rfc3339(session.created_at), base::rfc3339(session.last_used_at),
                       session.client.address, session.client.agent, session.id == current});
  return entries;
}

}  // namespace ownkey::http
