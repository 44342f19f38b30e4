// Every column of a user's file that holds a sealed value: the one list that whatever touches all of them walks (moving
// to a new data key, looking after their health). A test compares it with the schema.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/sealed.h"

namespace ownkey::store {

// Where a sealed value lies, and the columns of its row that it is bound to.
struct SealedColumn {
  std::string_view table;
  std::string_view column;
  std::string_view row_id;
  std::string_view provider;  // or what else it is for
  std::string_view generation;
};

inline constexpr SealedColumn kSealedColumns[] = {
    {"credentials", "sealed_key", "credential_id", "provider", "generation"},
    {"credentials", "previous_sealed_key", "credential_id", "provider", "generation"},
    {"two_factor", "sealed_secret", "two_factor_id", "kind", "generation"},
};

struct SealedValue {
  std::string_view column;
  std::string row_id;
  std::string provider;
  std::uint64_t generation = 0;
  base::Sealed sealed;
};

}  // namespace ownkey::store
