// Preferences as people fill them in, and back.
#pragma once

#include "shared/api/preferences.h"
#include "shared/result.h"
#include "web/pages/drafts.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

void fill(PreferencesDraft& draft, const api::Preferences& stored);

// What is filled in; the error names the field at fault as the API does.
Result<api::Preferences> typed_preferences(const PreferencesDraft& draft);

platform::Look typed_look(const PreferencesDraft& draft);

}  // namespace ownkey::pages
