// The web app's files, read once at start. Only what was found then is ever served: each file is a route of its own, so
// no request can name another.
#pragma once

#include <filesystem>
#include <vector>

#include "server/http/route.h"
#include "shared/result.h"

namespace ownkey::http {

// Routes for /assets/<file>, the files beside index.html, and index.html itself at every address that the page knows.
// A file's .br and .gz neighbours are its compressed forms. An Error when the folder has no index.html.
Result<std::vector<Route>> asset_routes(const std::filesystem::path& folder);

}  // namespace ownkey::http
