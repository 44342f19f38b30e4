// What a key card says about its key, in a word and in a list.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api/credentials.h"
#include "web/state/app_state.h"
#include "web/ui/theme.h"

namespace ownkey::pages {

struct KeyStatus {
  std::string_view word;
  ui::Tone tone;
};

// The newest knowledge wins: a check that runs, the last check in this sitting, then what is stored.
KeyStatus key_status(const api::Credential* stored, state::KeyWork::Task task, const state::KeyCheck* check);

struct CheckLine {
  bool good;
  std::string text;
};

// How far a check came, step by step, up to the first step that failed.
std::vector<CheckLine> check_lines(const api::Verification& verification);

}  // namespace ownkey::pages
