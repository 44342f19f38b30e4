#include "server/vault/master_key_status.h"

#include <algorithm>

#include "server/vault/key_ring.h"

namespace ownkey::vault {
namespace {

std::int64_t wrapped_by(const store::KeyFacts& facts, crypto::MasterKeyId id) {
  const auto use = std::ranges::find(facts.uses, id, &store::AccountStore::KeyUse::master_key_id);
  return use == facts.uses.end() ? 0 : use->data_keys;
}

KeyState state_of(const store::KeyFacts& facts, const crypto::MasterKeys& keys, crypto::MasterKeyId id) {
  switch (fit_of(facts, id, *keys.find(id))) {
    case KeyFit::Wrong: return KeyState::Wrong;
    case KeyFit::New: return KeyState::New;
    case KeyFit::Fits: break;
  }
  if (id == keys.primary()) return KeyState::Primary;
  return wrapped_by(facts, id) > 0 ? KeyState::Needed : KeyState::MayGo;
}

}  // namespace

std::vector<MasterKeyStatus> master_key_status(const store::KeyFacts& facts, const crypto::MasterKeys& keys) {
  std::vector<MasterKeyStatus> list;
  for (const auto id : keys.ids()) list.push_back({id, wrapped_by(facts, id), state_of(facts, keys, id)});
  for (const auto& use : facts.uses)
    if (!keys.find(use.master_key_id)) list.push_back({use.master_key_id, use.data_keys, KeyState::Missing});
  return list;
}

}  // namespace ownkey::vault
