#include "web/pages/key_status.h"

#include "web/pages/format.h"

namespace ownkey::pages {

KeyStatus key_status(const api::Credential* stored, state::KeyWork::Task task, const state::KeyCheck* check) {
  if (task == state::KeyWork::Task::Verifying) return {"Checking", ui::Tone::Accent};
  if (check && check->valid) return {"Verified", ui::Tone::Success};
  if (check && check->rejected) return {"Rejected", ui::Tone::Danger};
  if (!stored) return {"Not set", ui::Tone::Muted};
  if (stored->health == api::Health::NeedsReentry) return {"Needs re-entry", ui::Tone::Warning};
  if (!stored->is_active) return {"Off", ui::Tone::Muted};
  if (!stored->verification) return {"Saved", ui::Tone::Plain};
  if (stored->verification->key_accepted) return {"Verified", ui::Tone::Success};
  return stored->verification->reached ? KeyStatus{"Rejected", ui::Tone::Danger} : KeyStatus{"Saved", ui::Tone::Plain};
}

std::vector<CheckLine> check_lines(const api::Verification& verification) {
  if (!verification.reached) return {{false, "The provider was not reached"}};
  const std::string took = " in " + duration(verification.latency_ms);
  std::vector<CheckLine> lines{{true, "Provider reached" + took}};
  if (!verification.key_accepted) {
    lines.push_back({false, "Key not accepted"});
    return lines;
  }
  lines.push_back({true, "Key accepted"});
  if (!verification.models_listed) lines.push_back({false, "The list of models could not be read with this key"});
  else if (verification.model_count)
    lines.push_back({true, counted(*verification.model_count, "model") + " available"});
  else lines.push_back({true, "Models available"});
  return lines;
}

}  // namespace ownkey::pages
