// PageFixture: the whole page over a platform without a browser. A test plays the person, by role and label, and the
// server.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/platform/null_platform.h"

namespace ownkey::support {

inline constexpr const char* kUser =
    R"({"id":"u1","email":"ada@example.com","full_name":"Ada","created_at":"2026-11-24T10:00:00Z"})";

inline std::string problem(std::string_view code, std::string_view detail, std::string_view field = "") {
  return R"({"type":"about:blank","title":"","status":400,"request_id":"r","code":")" + std::string(code) +
         R"(","detail":")" + std::string(detail) + "\"" +
         (field.empty() ? "" : ",\"field\":\"" + std::string(field) + "\"") + "}";
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

struct PageFixture {
  platform::NullPlatform page;
  app::App app{page};
  std::string preferences = "{}", known_providers = "[]";

  void run() { page.run(app); }
  void answer(std::string_view method, std::string_view path, int status, std::string_view body) {
    page.answer(method, path, status, body);
    run();
  }
  void click(std::string_view tag, std::string_view name) {
    page.click(tag, name);
    run();
  }
  void type(std::string_view label, std::string_view text) {
    page.type(label, text);
    run();
  }

  void open(std::string_view address) {
    page.open(address);
    run();
  }
  void open_signed_in(std::string_view address) {
    open(address);
    answer("GET", "/api/auth/me", 200, kUser);
    answer("GET", "/api/settings/preferences", 200, preferences);
  }

  void open_keys(std::string_view credentials = "[]") {
    open_signed_in("/settings/keys");
    answer("GET", "/api/settings/providers", 200, known_providers);
    answer("GET", "/api/settings/credentials", 200, credentials);
  }

  // The code that is asked for beside the password, and the server lets them in.
  void sign_in_with_code() {
    type("Code", "123456");
    click("button", "Sign in");
    BOOST_TEST(page.requests.back().body ==
               R"({"email":"ada@example.com","password":"correct horse","session":"cookie","totp_code":"123456"})");
    answer("POST", "/api/auth/login", 200, "{}");
    answer("GET", "/api/auth/me", 200, kUser);
  }

  ~PageFixture() { BOOST_TEST(page.defects.empty()); }
};

}  // namespace ownkey::support
