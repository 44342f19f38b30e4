// Messages about models: what a person's keys reach.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/fields.h"
#include "shared/provider.h"

namespace ownkey::api {

struct Model {
  std::string id;
  Provider provider{};
  std::string display_name;
  std::optional<std::int64_t> context_tokens;
  std::optional<std::string> shutdown_date;  // 2027-01-14: from then on the provider has it no more
  std::vector<std::string> credentials;      // labels of the keys that reach it; none for a key of the operator's

  static constexpr auto fields() {
    return std::tuple{Field{"id", &Model::id},
                      Field{"provider", &Model::provider},
                      Field{"display_name", &Model::display_name},
                      Field{"context_tokens", &Model::context_tokens},
                      Field{"shutdown_date", &Model::shutdown_date},
                      Field{"credentials", &Model::credentials}};
  }
};

// The model of a workflow that ends soon, or has ended.
struct ModelEnd {
  std::string model;
  std::string shutdown_date;

  static constexpr auto fields() {
    return std::tuple{Field{"model", &ModelEnd::model}, Field{"shutdown_date", &ModelEnd::shutdown_date}};
  }
};

}  // namespace ownkey::api
