#include "server/http/handlers/two_factor_message.h"

#include <qrcodegen/qrcodegen.hpp>

#include "shared/text.h"

namespace ownkey::http {
namespace {

constexpr std::string_view kIssuer = "Ownkey";

// github.com/google/google-authenticator/wiki/Key-Uri-Format. What is left out is what every app takes for granted.
std::string otpauth_uri(const accounts::TwoFactorSetup& setup) {
  std::string uri("otpauth://totp/");
  uri.append(kIssuer).append(":").append(percent_encoded(setup.email));
  uri.append("?secret=").append(setup.secret.reveal()).append("&issuer=").append(kIssuer);
  return uri;
}

std::vector<std::string> qr_rows(const std::string& text) {
  const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  std::vector<std::string> rows;
  for (int y = 0; y < code.getSize(); ++y) {
    auto& row = rows.emplace_back();
    for (int x = 0; x < code.getSize(); ++x) row += code.getModule(x, y) ? '1' : '0';
  }
  return rows;
}

}  // namespace

api::TwoFactorState message_of(const accounts::TwoFactorState& state) {
  return {state.enabled_at.has_value(), static_cast<int>(state.recovery_codes_left)};
}

api::TwoFactorSetup message_of(const accounts::TwoFactorSetup& setup) {
  auto uri = otpauth_uri(setup);
  auto rows = qr_rows(uri);
  return {std::string(setup.secret.reveal()), std::move(uri), std::move(rows)};
}

api::RecoveryCodes message_of(const std::vector<Secret>& recovery_codes) {
  api::RecoveryCodes message;
  for (const auto& code : recovery_codes) message.recovery_codes.emplace_back(code.reveal());
  return message;
}

}  // namespace ownkey::http
