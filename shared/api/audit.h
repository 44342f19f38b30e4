// Messages about what was done with a person's account and data. Never a secret.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "shared/fields.h"

namespace ownkey::api {

// User: proved by a session. Operator: at the command line of the server. Unknown: nothing proved who it was, as with a
// wrong password.
enum class Actor { User, Operator, Unknown };

constexpr auto names_of(Actor) {
  return std::array<std::pair<Actor, std::string_view>, 3>{
      {{Actor::User, "user"}, {Actor::Operator, "operator"}, {Actor::Unknown, "unknown"}}};
}

struct AuditEntry {
  std::int64_t sequence = 0;  // goes up by one
  std::string at;
  std::string action;                  // shared/audit_action.h; others may come
  std::optional<std::string> subject;  // provider/label of a key, or an id
  Actor who{};
  std::string address;
  std::optional<std::string> agent;
  std::optional<std::string> session_id;
  std::string result;  // "success", or the code of an error
  std::string hash;    // also stands for all entries before it: whoever keeps it can prove these later

  static constexpr auto fields() {
    return std::tuple{Field{"sequence", &AuditEntry::sequence}, Field{"at", &AuditEntry::at},
                      Field{"action", &AuditEntry::action},     Field{"subject", &AuditEntry::subject},
                      Field{"who", &AuditEntry::who},           Field{"address", &AuditEntry::address},
                      Field{"agent", &AuditEntry::agent},       Field{"session_id", &AuditEntry::session_id},
                      Field{"result", &AuditEntry::result},     Field{"hash", &AuditEntry::hash}};
  }
};

}  // namespace ownkey::api
