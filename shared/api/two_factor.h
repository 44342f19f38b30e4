// Messages about the second factor: a code from a person's phone (TOTP, RFC 6238), or one of ten recovery codes, which
// are used up. A wrong code is 401 two_factor_rejected at sign-in, and 403 (field "totp_code") in settings.
#pragma once

#include <string>
#include <vector>

#include "shared/fields.h"

namespace ownkey::api {

struct TwoFactorState {
  bool enabled = false;
  int recovery_codes_left = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"enabled", &TwoFactorState::enabled},
                      Field{"recovery_codes_left", &TwoFactorState::recovery_codes_left}};
  }
};

struct SetUpTwoFactorRequest {
  Secret current_password;

  static constexpr auto fields() {
    return std::tuple{Field{"current_password", &SetUpTwoFactorRequest::current_password}};
  }
};

// For an authenticator app. It counts once a first code of it was sent, within ten minutes.
struct TwoFactorSetup {
  std::string secret;           // base32, to be typed
  std::string otpauth_uri;      // the same, to be opened
  std::vector<std::string> qr;  // the same, to be scanned: rows of '0' and '1' (dark), without the quiet zone

  static constexpr auto fields() {
    return std::tuple{Field{"secret", &TwoFactorSetup::secret}, Field{"otpauth_uri", &TwoFactorSetup::otpauth_uri},
                      Field{"qr", &TwoFactorSetup::qr}};
  }
};

struct EnableTwoFactorRequest {
  Secret totp_code;

  static constexpr auto fields() { return std::tuple{Field{"totp_code", &EnableTwoFactorRequest::totp_code}}; }
};

// To take away the second factor, or to get new recovery codes.
struct ChangeTwoFactorRequest {
  Secret current_password;
  Secret totp_code;

  static constexpr auto fields() {
    return std::tuple{Field{"current_password", &ChangeTwoFactorRequest::current_password},
                      Field{"totp_code", &ChangeTwoFactorRequest::totp_code}};
  }
};

// "xxxxx-xxxxx" each; said once.
struct RecoveryCodes {
  std::vector<std::string> recovery_codes;

  static constexpr auto fields() { return std::tuple{Field{"recovery_codes", &RecoveryCodes::recovery_codes}}; }
};

}  // namespace ownkey::api
