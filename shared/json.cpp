#include "shared/json.h"

#include "shared/json_reader.h"
#include "shared/json_writer.h"

namespace ownkey {

Result<json> parse_json(std::string_view text, std::size_t max_values) { return JsonReader(text, max_values).read(); }

std::string dump_json(const json& value) {
  std::string text;
  write_json(value, text);
  return text;
}

}  // namespace ownkey
