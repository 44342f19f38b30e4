// What each master key, given or needed, means to the data: which is primary, which may go, which is missing.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "server/crypto/master_keys.h"
#include "server/store/key_facts.h"

namespace ownkey::vault {

enum class KeyState {
  Primary,  // given first: it wraps what is new
  Needed,   // given, and data keys need it
  MayGo,    // given, and no data key needs it
  New,      // given, and no server has run with it yet
  Missing,  // not given, and data keys need it
  Wrong,    // given, but it is not the key that had this id here
};
constexpr auto names_of(KeyState) {
  return std::array<std::pair<KeyState, std::string_view>, 6>{{{KeyState::Primary, "primary"},
                                                               {KeyState::Needed, "needed"},
                                                               {KeyState::MayGo, "may_go"},
                                                               {KeyState::New, "new"},
                                                               {KeyState::Missing, "missing"},
                                                               {KeyState::Wrong, "wrong"}}};
}

struct MasterKeyStatus {
  crypto::MasterKeyId id = 0;
  std::int64_t data_keys = 0;  // that it wraps
  KeyState state{};
};

// Those that were given, in their order, and then those that are missing.
std::vector<MasterKeyStatus> master_key_status(const store::KeyFacts& facts, const crypto::MasterKeys& keys);

}  // namespace ownkey::vault
