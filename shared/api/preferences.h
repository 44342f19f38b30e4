// What people like, wherever they sign in. The page and the server check the same rules.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "shared/fields.h"
#include "shared/limits.h"
#include "shared/provider.h"
#include "shared/validation.h"

namespace ownkey::api {

enum class Theme { System, Light, Dark };

constexpr auto names_of(Theme) {
  return std::array<std::pair<Theme, std::string_view>, 3>{
      {{Theme::System, "system"}, {Theme::Light, "light"}, {Theme::Dark, "dark"}}};
}

// What is left out is as the system, the browser or the workflow has it.
struct Preferences {
  std::optional<Theme> theme = {};
  std::optional<Provider> default_provider = {};
  std::optional<std::string> default_model = {};
  std::optional<double> text_scale = {};  // 1: as designed
  std::optional<bool> reduce_motion = {};
  std::optional<int> run_timeout_s = {};

  static constexpr auto fields() {
    return std::tuple{Field{"theme", &Preferences::theme},
                      Field{"default_provider", &Preferences::default_provider},
                      Field{"default_model", &Preferences::default_model},
                      Field{"text_scale", &Preferences::text_scale},
                      Field{"reduce_motion", &Preferences::reduce_motion},
                      Field{"run_timeout_s", &Preferences::run_timeout_s}};
  }
  static constexpr auto limits() {
    return std::array{longest("default_model", kMaxModelBytes), between("text_scale", kMinTextScale, kMaxTextScale),
                      between("run_timeout_s", 1, kMaxRunTimeoutS)};
  }
};

}  // namespace ownkey::api
