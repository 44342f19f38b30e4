// The one error for whatever does not open: the person sees no difference, the log says which and why.
#pragma once

#include <string>
#include <utility>

#include "shared/result.h"

namespace ownkey::vault {

inline Error unreadable(std::string log_text) {
  return {ErrorKind::CredentialUnreadable, "this key cannot be read any more; enter it again in Settings",
          std::move(log_text)};
}

}  // namespace ownkey::vault
