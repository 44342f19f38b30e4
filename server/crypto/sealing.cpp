#include "server/crypto/sealing.h"

#include <array>
#include <utility>

#include "server/crypto/aead.h"

namespace ownkey::crypto {
namespace {

constexpr std::uint8_t kMagic = 'O';
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kAes256Gcm = 1;  // 2 is reserved for XChaCha20-Poly1305
constexpr std::size_t kHeadSize = 1 + 1 + 1 + 4 + kNonceSize;
constexpr std::string_view kColumnLabel = "ownkey/v1/sealed-column";
constexpr std::string_view kDataKeyLabel = "ownkey/v1/wrapped-data-key";

template <std::unsigned_integral Number>
void append_number(base::Bytes& bytes, Number number) {
  for (int shift = 8 * (sizeof(Number) - 1); shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

// Fields with their lengths before them, so that no two lists of fields give the same bytes.
class AssociatedData {
 public:
  AssociatedData() { bytes_.reserve(kUsualSize); }

  AssociatedData& text(std::string_view value) {
    append_number(bytes_, static_cast<std::uint32_t>(value.size()));
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    return *this;
  }
  template <std::unsigned_integral Number>
  AssociatedData& number(Number value) {
    append_number(bytes_, static_cast<std::uint32_t>(sizeof(Number)));
    append_number(bytes_, value);
    return *this;
  }
  base::Bytes take() { return std::move(bytes_); }

 private:
  static constexpr std::size_t kUsualSize = 192;
  base::Bytes bytes_;
};

AssociatedData head_fields(std::string_view label, std::uint32_t key_id) {
  AssociatedData data;
  data.text(label).number(kVersion).number(kAes256Gcm).number(key_id);
  return data;
}

base::Bytes column_data(std::uint32_t key_id, const ColumnPlace& place) {
  return head_fields(kColumnLabel, key_id)
      .text(place.user_id)
      .text(place.provider)
      .text(place.row_id)
      .text(place.column)
      .number(place.generation)
      .take();
}

base::Bytes data_key_data(std::uint32_t master_key_id, const DataKeyPlace& place) {
  return head_fields(kDataKeyLabel, master_key_id).text(place.user_id).number(place.version).take();
}

base::Sealed seal(const Key& key, std::uint32_t key_id, const base::Bytes& associated_data, base::ByteView plaintext,
                  Random& random) {
  std::array<std::uint8_t, kNonceSize> nonce{};
  random.fill(nonce);
  base::Bytes blob{kMagic, kVersion, kAes256Gcm};
  append_number(blob, key_id);
  blob.insert(blob.end(), nonce.begin(), nonce.end());
  const auto encrypted = encrypt_aes256_gcm(key, nonce, associated_data, plaintext);
  blob.insert(blob.end(), encrypted.begin(), encrypted.end());
  return base::Sealed(std::move(blob));
}

std::uint32_t read_key_id(base::ByteView blob) {
  return std::uint32_t{blob[3]} << 24 | std::uint32_t{blob[4]} << 16 | std::uint32_t{blob[5]} << 8 |
         std::uint32_t{blob[6]};
}

std::optional<OpenFailure> check_head(base::ByteView blob) {
  if (blob.size() < kHeadSize + kTagSize || blob[0] != kMagic) return OpenFailure::Malformed;
  if (blob[1] != kVersion) return OpenFailure::UnknownVersion;
  if (blob[2] != kAes256Gcm) return OpenFailure::UnknownAlgorithm;
  return std::nullopt;
}

Opened<Secret> open(const Key& key, std::uint32_t key_id, const base::Bytes& associated_data,
                    const base::Sealed& sealed) {
  const base::ByteView blob = sealed.bytes();
  if (const auto failure = check_head(blob)) return {std::nullopt, *failure};
  if (read_key_id(blob) != key_id) return {std::nullopt, OpenFailure::WrongKeyId};
  auto plaintext = decrypt_aes256_gcm(key, blob.subspan(kHeadSize - kNonceSize, kNonceSize), associated_data,
                                      blob.subspan(kHeadSize));
  if (!plaintext) return {std::nullopt, OpenFailure::NotAuthentic};
  return {std::move(plaintext)};
}

}  // namespace

std::string_view describe(OpenFailure failure) {
  switch (failure) {
    case OpenFailure::Malformed: return "not a sealed value";
    case OpenFailure::UnknownVersion: return "sealed by a newer version";
    case OpenFailure::UnknownAlgorithm: return "sealed with an unknown algorithm";
    case OpenFailure::WrongKeyId: return "sealed with another key";
    case OpenFailure::NotAuthentic: return "changed, moved from its place, or sealed with another key of the same id";
  }
  return "unknown";
}

base::Sealed seal_column(const Key& data_key, std::uint32_t key_id, const ColumnPlace& place, const Secret& secret,
                         Random& random) {
  return seal(data_key, key_id, column_data(key_id, place), base::bytes_of(secret.reveal()), random);
}

Opened<Secret> open_column(const Key& data_key, std::uint32_t key_id, const ColumnPlace& place,
                           const base::Sealed& sealed) {
  return open(data_key, key_id, column_data(key_id, place), sealed);
}

base::Sealed wrap_data_key(const Key& wrapping_key, std::uint32_t master_key_id, const DataKeyPlace& place,
                           const Key& data_key, Random& random) {
  return seal(wrapping_key, master_key_id, data_key_data(master_key_id, place), data_key.reveal(), random);
}

Opened<Key> unwrap_data_key(const Key& wrapping_key, std::uint32_t master_key_id, const DataKeyPlace& place,
                            const base::Sealed& wrapped) {
  const auto opened = open(wrapping_key, master_key_id, data_key_data(master_key_id, place), wrapped);
  if (!opened.value) return {std::nullopt, opened.failure};
  const auto bytes = base::bytes_of(opened.value->reveal());
  if (bytes.size() != Key::kSize) return {std::nullopt, OpenFailure::Malformed};
  return {Key(bytes.first<Key::kSize>())};
}

std::optional<std::uint32_t> key_id_of(const base::Sealed& sealed) {
  if (check_head(sealed.bytes())) return std::nullopt;
  return read_key_id(sealed.bytes());
}

}  // namespace ownkey::crypto
