#include "shared/json.h"

#include "shared/json_reader.h"

namespace ownkey {

Result<json> parse_json(std::string_view text) { return JsonReader(text).read(); }

std::string dump_json(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace ownkey
