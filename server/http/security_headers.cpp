#include "server/http/security_headers.h"

namespace ownkey::http {
namespace {

constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
constexpr std::string_view kOtherPolicy = "default-src 'none'; frame-ancestors 'none'";

constexpr std::string_view kCommon =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Embedder-Policy: require-corp\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()\r\n";

constexpr std::string_view kHsts = "Strict-Transport-Security: max-age=63072000\r\n";

std::string lines(std::string_view policy, bool https) {
  std::string result = "Content-Security-Policy: " + std::string(policy) + "\r\n" + std::string(kCommon);
  if (https) result += kHsts;
  return result;
}

}  // namespace

SecurityHeaders::SecurityHeaders(bool https) : page_(lines(kPagePolicy, https)), other_(lines(kOtherPolicy, https)) {}

const std::string& SecurityHeaders::lines_for(const Response& response) const {
  const auto type = response.header("Content-Type");
  return type && type->starts_with("text/html") ? page_ : other_;
}

std::string_view cache_control(Cache cache) {
  switch (cache) {
    case Cache::Immutable: return "public, max-age=31536000, immutable";
    case Cache::Revalidate: return "no-cache";
    case Cache::NoStore: break;
  }
  return "no-store";
}

}  // namespace ownkey::http
