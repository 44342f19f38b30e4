#include "shared/json_number.h"

#ifndef __EMSCRIPTEN__
#include <cstdlib>
#include <nlohmann/json.hpp>
#endif

namespace ownkey {

#ifdef __EMSCRIPTEN__

// web/platform/browser/number.js
extern "C" {
double ownkey_js_number_of(const char* digits, std::size_t size);
std::size_t ownkey_js_text_of_number(double value, char* text, std::size_t capacity);
}

double number_of(std::string_view digits) { return ownkey_js_number_of(digits.data(), digits.size()); }

std::string text_of_number(double value) {
  char buffer[32];
  std::string text(buffer, ownkey_js_text_of_number(value, buffer, sizeof buffer));
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

#else

double number_of(std::string_view digits) { return std::strtod(std::string(digits).c_str(), nullptr); }

std::string text_of_number(double value) { return nlohmann::json(value).dump(); }

#endif

}  // namespace ownkey
