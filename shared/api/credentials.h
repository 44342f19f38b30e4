// Messages about the keys that a person keeps here. No answer ever holds a key: only its mask.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/fields.h"
#include "shared/limits.h"
#include "shared/provider.h"
#include "shared/validation.h"

namespace ownkey::api {

struct ProviderEntry {
  Provider provider{};
  std::string name;
  std::string key_hint;
  std::string docs_url;
  bool needs_base_url = false;
  bool available = true;  // false: it needs a base URL, and the operator allows none

  static constexpr auto fields() {
    return std::tuple{Field{"provider", &ProviderEntry::provider},
                      Field{"name", &ProviderEntry::name},
                      Field{"key_hint", &ProviderEntry::key_hint},
                      Field{"docs_url", &ProviderEntry::docs_url},
                      Field{"needs_base_url", &ProviderEntry::needs_base_url},
                      Field{"available", &ProviderEntry::available}};
  }
};

// How far a check of a key came. The steps build on each other: a provider that was not reached accepted nothing.
struct Verification {
  bool reached = false;
  bool key_accepted = false;
  bool models_listed = false;
  std::optional<std::int64_t> model_count = {};
  std::string checked_at = {};
  std::int64_t latency_ms = 0;
  std::string detail = {};

  static constexpr auto fields() {
    return std::tuple{Field{"reached", &Verification::reached},
                      Field{"key_accepted", &Verification::key_accepted},
                      Field{"models_listed", &Verification::models_listed},
                      Field{"model_count", &Verification::model_count},
                      Field{"checked_at", &Verification::checked_at},
                      Field{"latency_ms", &Verification::latency_ms},
                      Field{"detail", &Verification::detail}};
  }
};

struct VerifiedAnswer {
  std::string status;  // "valid"
  Verification verification;

  static constexpr auto fields() {
    return std::tuple{Field{"status", &VerifiedAnswer::status}, Field{"verification", &VerifiedAnswer::verification}};
  }
};

// Whether the stored ciphertext opens; a row that does not must be entered again.
enum class Health { Readable, NeedsReentry };

constexpr auto names_of(Health) {
  return std::array<std::pair<Health, std::string_view>, 2>{
      {{Health::Readable, "readable"}, {Health::NeedsReentry, "needs_reentry"}}};
}

// The key that was replaced last, as long as it can be brought back.
struct PreviousKey {
  std::string masked_key;
  std::string replaced_at;
  std::string until;

  static constexpr auto fields() {
    return std::tuple{Field{"masked_key", &PreviousKey::masked_key}, Field{"replaced_at", &PreviousKey::replaced_at},
                      Field{"until", &PreviousKey::until}};
  }
};

struct Credential {
  std::string id;
  Provider provider{};
  std::string label;
  std::string masked_key;
  bool is_active = true;
  std::optional<std::string> base_url;
  std::string created_at;
  std::string updated_at;
  std::optional<std::string> last_used_at;
  std::optional<std::string> last_verified_at;
  std::optional<Verification> verification;
  Health health = Health::Readable;
  std::optional<PreviousKey> previous;
  // Said once, in the answer to saving: what was done to the key on the way in ("spaces … were removed"), and what
  // became of the one that it replaced.
  std::optional<std::string> notice;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &Credential::id},
                      Field{"provider", &Credential::provider},
                      Field{"label", &Credential::label},
                      Field{"masked_key", &Credential::masked_key},
                      Field{"is_active", &Credential::is_active},
                      Field{"base_url", &Credential::base_url},
                      Field{"created_at", &Credential::created_at},
                      Field{"updated_at", &Credential::updated_at},
                      Field{"last_used_at", &Credential::last_used_at},
                      Field{"last_verified_at", &Credential::last_verified_at},
                      Field{"verification", &Credential::verification},
                      Field{"health", &Credential::health},
                      Field{"previous", &Credential::previous},
                      Field{"notice", &Credential::notice}};
  }
};

struct SaveCredentialRequest {
  Provider provider{};
  Secret api_key;
  std::optional<std::string> label;
  std::optional<std::string> base_url;

  static constexpr auto fields() {
    return std::tuple{Field{"provider", &SaveCredentialRequest::provider},
                      Field{"api_key", &SaveCredentialRequest::api_key}, Field{"label", &SaveCredentialRequest::label},
                      Field{"base_url", &SaveCredentialRequest::base_url}};
  }
  static constexpr auto limits() {
    return std::array{longest("api_key", kMaxKeyBytes), longest("label", kMaxLabelBytes)};
  }
};

// A field that is not there stays as it is.
struct ChangeCredentialRequest {
  static constexpr bool kRefusesNull = true;

  std::optional<bool> is_active;
  std::optional<std::string> label;

  static constexpr auto fields() {
    return std::tuple{Field{"is_active", &ChangeCredentialRequest::is_active},
                      Field{"label", &ChangeCredentialRequest::label}};
  }
  static constexpr auto limits() { return std::array{longest("label", kMaxLabelBytes)}; }
};

// A workflow with nodes that run on a key.
struct CredentialUse {
  std::string workflow_id;
  std::string name;
  std::vector<std::string> node_ids;    // name the key by its label
  std::vector<std::string> by_default;  // name none, and get it as the provider's usual one

  static constexpr auto fields() {
    return std::tuple{Field{"workflow_id", &CredentialUse::workflow_id}, Field{"name", &CredentialUse::name},
                      Field{"node_ids", &CredentialUse::node_ids}, Field{"by_default", &CredentialUse::by_default}};
  }
};

struct VerifyRequest {
  Provider provider{};
  Secret api_key;
  std::optional<std::string> base_url;

  static constexpr auto fields() {
    return std::tuple{Field{"provider", &VerifyRequest::provider}, Field{"api_key", &VerifyRequest::api_key},
                      Field{"base_url", &VerifyRequest::base_url}};
  }
  static constexpr auto limits() { return std::array{longest("api_key", kMaxKeyBytes)}; }
};

}  // namespace ownkey::api
