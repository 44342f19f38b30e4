#include "server/llm/failover.h"

#include <algorithm>

namespace ownkey::llm {

void put_in_order(std::vector<vault::CredentialInfo>& credentials, const std::vector<base::CredentialId>& order) {
  std::ranges::stable_sort(credentials, {}, [&](const vault::CredentialInfo& credential) {
    return std::ranges::find(order, credential.id) - order.begin();
  });
}

bool another_key_may_help(const Error& error) {
  return error.kind == ErrorKind::ProviderRateLimited || error.kind == ErrorKind::NoCredit ||
         error.kind == ErrorKind::KeyRejected;
}

}  // namespace ownkey::llm
