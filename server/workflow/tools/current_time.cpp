// `current_time`: the date and the time now, in any time zone of the IANA database of this machine.
#include <date/tz.h>

#include <chrono>
#include <stdexcept>

#include "server/workflow/tools/all_tools.h"

namespace ownkey::workflow {
namespace {

class CurrentTime final : public Tool {
 public:
  std::string_view name() const override { return "current_time"; }
  std::string_view description() const override { return "Tells the date and the time now, in a given time zone."; }
  json args() const override {
    return {{"type", "object"},
            {"properties",
             {{"timezone",
               {{"type", "string"},
                {"description", "an IANA name such as Europe/Berlin; UTC when left out"},
                {"minLength", 1},
                {"maxLength", 64}}}}},
            {"additionalProperties", false}};
  }

  Result<json> call(const json& args, const base::CancelToken&) const override {
    const auto zone_name = args.value("timezone", std::string("UTC"));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    try {
      const auto local = date::make_zoned(zone_name, now);
      return json{{"time", date::format("%FT%T%Ez", local)},
                  {"timezone", zone_name},
                  {"weekday", date::format("%A", local)},
                  {"utc_offset", date::format("%Ez", local)},
                  {"utc", date::format("%FT%TZ", now)}};
    } catch (const std::runtime_error&) {  // how the library says that it knows no such zone
      return Error{ErrorKind::InvalidRequest,
                   "there is no time zone '" + zone_name + "'; use an IANA name such as Europe/Berlin"};
    }
  }
};

}  // namespace

std::unique_ptr<Tool> make_current_time() { return std::make_unique<CurrentTime>(); }

}  // namespace ownkey::workflow
