#include "server/http/assets.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "server/http/negotiation.h"
#include "server/http/text.h"

namespace ownkey::http {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},  // browsers compile it while it loads only under this type
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".woff2", "font/woff2"},
}};

constexpr std::array<std::string_view, 3> kOpenPages{"/", "/login", "/register"};
constexpr std::array<std::string_view, 4> kSignedInPages{"/settings", "/settings/{section}", "/workflows",
                                                         "/workflows/{id}"};

struct File {
  std::string type;
  std::string tag;  // of the content, without quotes
  std::string plain;
  std::optional<std::string> brotli;
  std::optional<std::string> gzip;
};

// FNV-1a: tells versions of a file apart; nothing is protected by it.
std::string content_tag(std::string_view content) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kHex[(hash >> shift) & 15];
  return text;
}

std::string type_of(const fs::path& path) {
  const std::string extension = path.extension().string();
  const auto* found = std::ranges::find(kTypes, extension, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

fs::path with_suffix(fs::path path, const char* suffix) { return path += suffix; }

std::shared_ptr<const File> load(const fs::path& path) {
  auto plain = read_file(path);
  if (!plain) return nullptr;
  auto file = std::make_shared<File>();
  file->type = type_of(path);
  file->tag = content_tag(*plain);
  file->plain = std::move(*plain);
  file->brotli = read_file(with_suffix(path, ".br"));
  file->gzip = read_file(with_suffix(path, ".gz"));
  return file;
}

Result<Response> serve(const File& file, const Request& request) {
  const auto accepted = request.header("Accept-Encoding");
  const std::string* body = &file.plain;
  std::string coding;
  if (file.brotli && accepts_coding(accepted, "br")) {
    body = &*file.brotli;
    coding = "br";
  } else if (file.gzip && accepts_coding(accepted, "gzip")) {
    body = &*file.gzip;
    coding = "gzip";
  }
  // Each coding is a representation of its own and needs its own tag (RFC 9110 §8.8.3.3).
  const std::string etag = "\"" + file.tag + (coding.empty() ? "" : "-" + coding) + "\"";
  const bool current = has_current(request.header("If-None-Match"), etag);
  // A 304 updates the headers of the stored answer, its policy too (RFC 9111 §3.2), so it must say what kind of answer
  // that is: a page that got the policy of other answers would not load again.
  Response response = current ? text_response(304, file.type, {}) : text_response(200, file.type, *body);
  response.set_header("ETag", etag);
  response.set_header("Vary", "Accept-Encoding");
  if (!current && !coding.empty()) response.set_header("Content-Encoding", coding);
  return response;
}

Route route_to(std::shared_ptr<const File> file, std::string pattern, Access access, Cache cache) {
  return {.method = "GET",
          .pattern = std::move(pattern),
          .handler = [file = std::move(file)](const Request& request) { return serve(*file, request); },
          .access = access,
          .cache = cache};
}

// "app-1f0c44d2.js", "app.1f0c44d2.js": the build names a file after its content.
bool is_named_by_content(std::string_view name) {
  std::string parts(name);
  std::ranges::replace(parts, '-', '.');
  const auto all = split(parts, '.');
  return std::ranges::any_of(all, [](std::string_view part) {
    return part.size() >= 8 && part.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  });
}

bool is_servable(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  const bool plain_name =
      std::ranges::all_of(name, [](char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_'; });
  const auto extension = entry.path().extension();
  return entry.is_regular_file() && plain_name && !name.starts_with('.') && name != "index.html" &&
         extension != ".br" && extension != ".gz";
}

void add_files(std::vector<Route>& routes, const fs::path& folder, const std::string& prefix) {
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (!is_servable(entry)) continue;
    const std::string name = entry.path().filename().string();
    const Cache cache = is_named_by_content(name) ? Cache::Immutable : Cache::Revalidate;
    if (auto file = load(entry.path()))
      routes.push_back(route_to(std::move(file), prefix + name, Access::Anyone, cache));
  }
}

}  // namespace

Result<std::vector<Route>> asset_routes(const fs::path& folder) {
  const auto page = load(folder / "index.html");
  if (!page)
    return invalid("assets", "the folder of the web app " + folder.string() +
                                 " has no index.html; build the web app, or name its folder with --assets");
  std::vector<Route> routes;
  for (const auto address : kOpenPages)
    routes.push_back(route_to(page, std::string(address), Access::Anyone, Cache::Revalidate));
  for (const auto address : kSignedInPages)
    routes.push_back(route_to(page, std::string(address), Access::SignedInPage, Cache::Revalidate));
  add_files(routes, folder, "/");
  add_files(routes, folder / "assets", "/assets/");
  return routes;
}

}  // namespace ownkey::http
