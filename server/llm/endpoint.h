// Where a provider is: its base URL, and who vouches for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/llm/host_rules.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

struct Endpoint {
  std::string name;  // of the provider, for messages
  Url url;
  Trust trust = Trust::Public;
};

// Holds the operator's choices. Immutable, so safe from several threads.
class Endpoints {
 public:
  // The operator's base URLs ("" keeps a provider's own), and patterns of hosts that users may enter themselves.
  struct Options {
    std::string openai_base_url = {};
    std::string anthropic_base_url = {};
    std::string google_base_url = {};
    std::vector<std::string> custom_hosts = {};
    // A proxy resolves names by itself, so where a name leads cannot be judged here: then users may enter only hosts
    // that the operator listed in full.
    bool calls_go_by_proxy = false;
  };

  static Result<Endpoints> create(const Options& options);

  // For openai_compatible the user's own base URL is needed, and must match what the operator allows; the others take
  // none.
  Result<Endpoint> find(Provider provider, const std::optional<std::string>& base_url) const;

  // Whether there is any address that a key of that provider could go to.
  bool serves(Provider provider) const;

 private:
  Result<Endpoint> custom(const std::optional<std::string>& base_url) const;

  Endpoint openai_;
  Endpoint anthropic_;
  Endpoint google_;
  std::vector<HostPattern> custom_hosts_;
  bool calls_go_by_proxy_ = false;
};

}  // namespace ownkey::llm
