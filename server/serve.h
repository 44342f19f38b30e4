// The composition root: makes every part of the server, hands each what it needs, and serves until it is told to stop.
#pragma once

#include "server/config/config.h"
#include "shared/result.h"

namespace ownkey {

// Whether the settings make sense together, as far as can be told without touching anything. The error says what to
// change.
Result<void> check_settings(const config::Config& config);

// For settings that check_settings() has passed. Prints one line with the address when it is ready. Returns after
// SIGTERM or SIGINT, or with the reason why it could not start. Call it on the main thread, before any other thread
// exists.
Result<void> serve(config::Config config);

}  // namespace ownkey
