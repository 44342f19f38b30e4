// What stands in an audit log, as a sentence.
#pragma once

#include <string>

#include "shared/api/audit.h"

namespace ownkey::pages {

std::string audit_sentence(const api::AuditEntry& entry);

// Where it came from: the program and the address, or whose doing it was.
std::string audit_origin(const api::AuditEntry& entry);

}  // namespace ownkey::pages
