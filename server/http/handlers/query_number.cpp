#include "server/http/handlers/query_number.h"

#include <charconv>
#include <string>

namespace ownkey::http {

Result<std::optional<std::int64_t>> query_number(const Request& request, std::string_view name, std::int64_t most) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const auto* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 1 || number > most)
    return invalid(std::string(name),
                   "'" + std::string(name) + "' must be a whole number from 1 to " + std::to_string(most));
  return std::optional(number);
}

}  // namespace ownkey::http
