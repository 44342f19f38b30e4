#include "server/crypto/master_keys.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>
#include <utility>

#include "server/crypto/encoding.h"
#include "shared/validation.h"

namespace ownkey::crypto {
namespace {

// "k17" → 17; ids begin at 1.
std::optional<MasterKeyId> parse_id(std::string_view text) {
  if (!text.starts_with('k')) return std::nullopt;
  text.remove_prefix(1);
  MasterKeyId id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id == 0 || text.front() == '0') return std::nullopt;
  return id;
}

struct Entry {
  MasterKeyId id = 1;
  Key key;
};

Result<Entry> parse_entry(std::string_view text) {
  Entry entry;
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    const auto id = parse_id(trimmed(text.substr(0, colon)));
    if (!id) return invalid("", "a master key id is not like k1 or k2; write k1:<key>,k2:<key>");
    entry.id = *id;
    text = trimmed(text.substr(colon + 1));
  }
  auto key = decode_key(text);
  if (!key)
    return invalid("", "master key " + key_name(entry.id) +
                           " is not 32 bytes in base64; 'ownkey keygen' makes one, about 44 characters long");
  const auto bytes = key->reveal();
  if (std::ranges::all_of(bytes, [&](auto byte) { return byte == bytes.front(); }))
    return invalid("",
                   "master key " + key_name(entry.id) + " is the same byte 32 times; make one with 'ownkey keygen'");
  if (text.starts_with(documented_example_key()))
    return invalid("",
                   "master key " + key_name(entry.id) +
                       " is the example from the documentation, which everybody knows; make one with 'ownkey keygen'");
  entry.key = std::move(*key);
  return entry;
}

}  // namespace

std::string key_name(MasterKeyId id) { return "k" + std::to_string(id); }

Result<MasterKeys> MasterKeys::parse(const Secret& text) {
  MasterKeys keys;
  for (std::string_view rest = text.reveal(); !rest.empty();) {
    const auto end = rest.find_first_of(",\n");
    const auto item = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (item.empty() || item.starts_with('#')) continue;
    auto entry = parse_entry(item);
    if (!entry) return std::move(entry.error());
    const auto id = entry->id;
    if (!keys.keys_.emplace(id, std::move(entry->key)).second)
      return invalid("", "the master key id " + key_name(id) + " is given twice; each key needs an id of its own");
    keys.ids_.push_back(id);
  }
  if (keys.ids_.empty()) return invalid("", "there is no master key in it; make one with 'ownkey keygen'");
  return keys;
}

const Key* MasterKeys::find(MasterKeyId id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : &found->second;
}

Secret generate_master_key(Random& random) { return encode_key(new_key(random)); }

std::string_view documented_example_key() { return "b3dua2V5LWV4YW1wbGUta2V5LW5ldmVyLXVzZS1pdCE"; }

}  // namespace ownkey::crypto
