// Fernet tokens of the Python original: any text is refused unless the key signed it, and what the key did sign is
// decrypted or refused, whatever lies in it.
#include <algorithm>
#include <string>

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"
#include "server/crypto/fernet.h"
#include "server/crypto/random.h"
#include "tests/fuzz/target.h"
#include "tests/support/fixed_random.h"

namespace {

using namespace ownkey;
using namespace ownkey::crypto;

// A token with a signature that holds over anything at all: the way past the first gate.
std::string sign(const Key& key, base::ByteView anything) {
  Key signing_key;
  std::ranges::copy(key.reveal().first(Key::kSize / 2), signing_key.fill().begin());
  base::Bytes token{0x80};
  token.insert(token.end(), anything.begin(), anything.end());
  const auto mac = hmac_sha256(signing_key, token);
  token.insert(token.end(), mac.begin(), mac.end());
  auto text = base64url(token);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::FixedRandom random;
  const auto key = new_key(random);
  const auto other = new_key(random);

  const auto text = fuzz::text_of(data, size);
  fuzz::require(!open_fernet(key, text).value, "nothing opens that the key did not sign");

  const auto token = sign(key, {data, size});
  const auto opened = open_fernet(key, token);
  fuzz::require(
      opened.value || opened.failure == FernetFailure::Malformed || opened.failure == FernetFailure::BadPadding,
      "what the key signed is decrypted, or not a token");
  fuzz::require(!opened.value || opened.value->reveal().size() < size, "a text is shorter than its token");
  fuzz::require(!open_fernet(other, token).value, "another key opens nothing");
  return 0;
}
