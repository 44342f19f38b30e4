// What the API says of an entry of an audit log.
#pragma once

#include "server/store/audit.h"
#include "shared/api/audit.h"

namespace ownkey::http {

api::AuditEntry message_of(store::AuditEntry entry);

}  // namespace ownkey::http
