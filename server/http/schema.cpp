#include "server/http/schema.h"

#include <cxxabi.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace ownkey::http {
namespace {

// As a whole number where it is one: nobody writes "at least 1.0 tokens".
json plain(double number) {
  if (std::trunc(number) == number) return static_cast<std::int64_t>(number);
  return number;
}

}  // namespace

std::string Schemas::name_of_type(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                    std::free);
  const std::string name(status == 0 ? text.get() : type.name());
  const auto scope = name.rfind("::");
  return scope == std::string::npos ? name : name.substr(scope + 2);
}

json Schemas::number(std::string_view type, std::string_view format) { return {{"type", type}, {"format", format}}; }

void Schemas::apply(const Limit& limit, json& schema) {
  if (limit.of == Limit::Of::Length) {
    schema["maxLength"] = plain(limit.most);
    return;
  }
  schema["minimum"] = plain(limit.least);
  schema["maximum"] = plain(limit.most);
}

}  // namespace ownkey::http
