// The sealed format, version 1: how a secret lies in the database. docs/sealed-format.md specifies the bytes.
//
//   'O' | 0x01 | algorithm u8 | key id u32 | nonce[12] | ciphertext | tag[16]        (numbers big-endian)
//
// Each ciphertext is bound to its place by associated data: moving a row to another user, another provider, another row
// or an older state of the same row makes it unreadable. The key is found by the id in the blob; others are never
// tried. Pure functions; safe from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/base/bytes.h"
#include "server/base/sealed.h"
#include "server/crypto/key.h"
#include "server/crypto/random.h"

namespace ownkey::crypto {

// What a sealed column belongs to.
struct ColumnPlace {
  std::string_view user_id;
  std::string_view provider;
  std::string_view row_id;
  std::string_view column;
  std::uint64_t generation = 0;  // goes up each time the column is written
};

// What a wrapped data key belongs to.
struct DataKeyPlace {
  std::string_view user_id;
  std::uint32_t version = 0;
};

// Why a blob does not open. Only the log tells them apart; outside they all are credential_unreadable.
enum class OpenFailure { Malformed, UnknownVersion, UnknownAlgorithm, WrongKeyId, NotAuthentic };
std::string_view describe(OpenFailure failure);

template <class T>
struct Opened {
  std::optional<T> value;
  OpenFailure failure = OpenFailure::Malformed;  // only when there is no value
};

// `key_id` is the version of the user's data key for a column, the id of the master key for a data key.
base::Sealed seal_column(const Key& data_key, std::uint32_t key_id, const ColumnPlace& place, const Secret& secret,
                         Random& random);
Opened<Secret> open_column(const Key& data_key, std::uint32_t key_id, const ColumnPlace& place,
                           const base::Sealed& sealed);

base::Sealed wrap_data_key(const Key& wrapping_key, std::uint32_t master_key_id, const DataKeyPlace& place,
                           const Key& data_key, Random& random);
Opened<Key> unwrap_data_key(const Key& wrapping_key, std::uint32_t master_key_id, const DataKeyPlace& place,
                            const base::Sealed& wrapped);

// The key id in the head of a blob, to look its key up by; nothing when the head is not one of version 1.
std::optional<std::uint32_t> key_id_of(const base::Sealed& sealed);

}  // namespace ownkey::crypto
