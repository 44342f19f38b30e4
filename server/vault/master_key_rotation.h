// Rotation of the master key: wraps every data key anew with the primary, while servers go on with the same data.
//
// Each blob is replaced only where it still is the one that was read, in batches of one transaction each, so that it
// may be killed anywhere, begun again, and run twice at once. A server reads the data keys anew for each use and has
// all master keys that are listed, so it never notices.
#pragma once

#include <cstdint>
#include <functional>

#include "server/store/account_store.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"

namespace ownkey::vault {

struct RewrapReport {
  std::int64_t rewrapped = 0;
  std::int64_t unreadable = 0;  // left as they are
  std::int64_t remaining = 0;   // still wrapped by another key than the primary
};

using RewrapProgress = std::function<void(std::int64_t done, std::int64_t all)>;

Result<RewrapReport> rewrap_data_keys(store::AccountStore& accounts, const KeyRing& keys,
                                      const RewrapProgress& progress);

}  // namespace ownkey::vault
