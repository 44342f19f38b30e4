// Reading a whole number out of a query.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/message.h"
#include "shared/result.h"

namespace ownkey::http {

// Nothing when the query does not name it; InvalidRequest, naming the field, when it is no number from 1 to `most`.
Result<std::optional<std::int64_t>> query_number(const Request& request, std::string_view name, std::int64_t most);

}  // namespace ownkey::http
