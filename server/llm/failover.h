// Which of a person's keys of one provider stands in for which. Plain functions.
#pragma once

#include <vector>

#include "server/base/ids.h"
#include "server/vault/credential_vault.h"
#include "shared/result.h"

namespace ownkey::llm {

// Puts keys into that order; those that it does not name keep their order behind the others.
void put_in_order(std::vector<vault::CredentialInfo>& credentials, const std::vector<base::CredentialId>& order);

// Whether the same call may go through on another key: rate limit, no credit, rejection.
bool another_key_may_help(const Error& error);

}  // namespace ownkey::llm
