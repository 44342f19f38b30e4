// Whether a user's audit log is what was written into it, looked at without changing a byte of the file.
//
// The chain proves that no entry was changed, moved or taken from between. It cannot prove that the newest were not cut
// off, or all of it written anew: for that, the head must be known from elsewhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "server/base/ids.h"
#include "server/store/audit.h"
#include "server/store/file_mark.h"
#include "shared/result.h"

namespace ownkey::store {

struct AuditReport {
  struct Head {
    std::int64_t sequence;
    std::string hash;
  };
  struct Break {
    std::int64_t sequence;
    std::string reason;
  };
  std::int64_t entries = 0;
  std::int64_t first = 0;       // the oldest that is kept; beyond 1, older ones went with time
  std::optional<Head> head;     // the newest; none when there are no entries
  std::optional<Break> broken;  // the first entry at which the chain is
};

// No entries when there is no file yet. A file that was lost is refused.
Result<AuditReport> check_audit(const std::filesystem::path& file, const base::UserId& user, FileMark mark,
                                AuditHash hash);

}  // namespace ownkey::store
