// Sealed blobs: whatever lies in the database opens only when it is what was sealed, to the byte, and never for the key
// it was not sealed with.
#include <algorithm>
#include <string>

#include "server/crypto/sealing.h"
#include "tests/fuzz/target.h"
#include "tests/support/fixed_random.h"

namespace {

using namespace ownkey;
using namespace ownkey::crypto;

constexpr std::uint32_t kKeyId = 7;
constexpr ColumnPlace kColumn{"user-a", "openai", "row-1", "sealed_key", 3};
constexpr DataKeyPlace kDataKey{"user-a", 2};

bool opens(const Key& key, const base::Sealed& blob) {
  const auto column = open_column(key, kKeyId, kColumn, blob);
  const auto data_key = unwrap_data_key(key, kKeyId, kDataKey, blob);
  fuzz::require(column.value || !describe(column.failure).empty(), "what does not open says why");
  fuzz::require(!column.value || key_id_of(blob) == kKeyId, "what opens names the key it opens with");
  return column.value || data_key.value;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::FixedRandom random;
  const auto key = new_key(random);
  const auto other = new_key(random);

  // By chance no blob has a tag that holds; the head alone decides how far it gets.
  fuzz::require(!opens(key, base::Sealed({data, data + size})), "nothing opens that was not sealed");

  // What was sealed comes back, and for its own key alone.
  const auto text = fuzz::text_of(data, size);
  const auto sealed = seal_column(key, kKeyId, kColumn, Secret(text), random);
  const auto opened = open_column(key, kKeyId, kColumn, sealed);
  fuzz::require(opened.value && opened.value->reveal() == text, "what was sealed opens");
  fuzz::require(!opens(other, sealed), "another key opens nothing");

  // The same bytes laid over a good blob: any change is noticed.
  auto changed = seal_column(key, kKeyId, kColumn, Secret("sk-test-0123456789"), random).bytes();
  const auto before = changed;
  for (std::size_t i = 0; i < std::min(size, changed.size()); ++i) changed[i] ^= data[i];
  fuzz::require(opens(key, base::Sealed(changed)) == (changed == before), "a changed blob does not open");
  changed = before;
  changed.resize(std::min(size, before.size()));
  fuzz::require(opens(key, base::Sealed(changed)) == (changed == before), "a part of a blob does not open");
  return 0;
}
