// Messages about what people change about their own account. Times are RFC 3339 UTC text, ids are opaque text.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "shared/fields.h"
#include "shared/limits.h"
#include "shared/validation.h"

namespace ownkey::api {

// What is left out stays as it is.
struct ChangeProfileRequest {
  std::optional<std::string> full_name;
  std::optional<std::string> email;
  std::optional<Secret> current_password;  // needed to change the e-mail address

  static constexpr bool kRefusesNull = true;
  static constexpr auto fields() {
    return std::tuple{Field{"full_name", &ChangeProfileRequest::full_name},
                      Field{"email", &ChangeProfileRequest::email},
                      Field{"current_password", &ChangeProfileRequest::current_password}};
  }
  static constexpr auto limits() {
    return std::array{longest("full_name", kMaxNameBytes), longest("email", kMaxEmailBytes)};
  }
};

struct ChangePasswordRequest {
  Secret current_password;
  Secret new_password;

  static constexpr auto fields() {
    return std::tuple{Field{"current_password", &ChangePasswordRequest::current_password},
                      Field{"new_password", &ChangePasswordRequest::new_password}};
  }
  static constexpr auto limits() { return std::array{longest("new_password", kMaxPasswordBytes)}; }
};

struct DeleteAccountRequest {
  Secret current_password;

  static constexpr auto fields() {
    return std::tuple{Field{"current_password", &DeleteAccountRequest::current_password}};
  }
};

struct SessionEntry {
  std::string id;
  std::string created_at;
  std::string last_used_at;
  std::string address;
  std::string agent;
  bool current = false;  // the one that asks

  static constexpr auto fields() {
    return std::tuple{Field{"id", &SessionEntry::id},
                      Field{"created_at", &SessionEntry::created_at},
                      Field{"last_used_at", &SessionEntry::last_used_at},
                      Field{"address", &SessionEntry::address},
                      Field{"agent", &SessionEntry::agent},
                      Field{"current", &SessionEntry::current}};
  }
};

}  // namespace ownkey::api
