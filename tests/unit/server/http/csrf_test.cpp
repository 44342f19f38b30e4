#include "server/http/csrf.h"

#include <array>
#include <boost/test/unit_test.hpp>

namespace ownkey::http {
namespace {

constexpr std::string_view kOrigin = "https://keys.example";

struct Case {
  std::string_view what;
  CsrfFacts facts;
  bool passes;
};

const std::array<Case, 14> kCases{{
    {"all there", {"application/json", "same-origin", kOrigin, "1"}, true},
    {"no Origin beside Sec-Fetch-Site", {"application/json", "same-origin", {}, "1"}, true},
    {"a charset", {"application/json; charset=UTF-8", "same-origin", {}, "1"}, true},
    {"only Origin", {"application/json", {}, kOrigin, "1"}, true},
    {"no Content-Type", {{}, "same-origin", kOrigin, "1"}, false},
    {"a form", {"application/x-www-form-urlencoded", "same-origin", kOrigin, "1"}, false},
    {"text that only begins like JSON", {"application/jsonp", "same-origin", kOrigin, "1"}, false},
    {"no header of ours", {"application/json", "same-origin", kOrigin, {}}, false},
    {"another value in it", {"application/json", "same-origin", kOrigin, "0"}, false},
    {"another site, with our Origin", {"application/json", "cross-site", kOrigin, "1"}, false},
    {"a sibling host", {"application/json", "same-site", kOrigin, "1"}, false},
    {"another Origin", {"application/json", {}, "https://evil.example", "1"}, false},
    {"an opaque Origin", {"application/json", {}, "null", "1"}, false},
    {"neither", {"application/json", {}, {}, "1"}, false},
}};

}  // namespace

BOOST_AUTO_TEST_SUITE(http_csrf)

BOOST_AUTO_TEST_CASE(only_a_request_that_our_own_page_can_make_passes) {
  for (const auto& [what, facts, passes] : kCases) BOOST_TEST_CONTEXT(what) {
      const auto result = check_csrf(facts, kOrigin);
      BOOST_TEST(static_cast<bool>(result) == passes);
      if (!result) BOOST_TEST((result.error().kind == ErrorKind::CsrfRejected));
    }
}

BOOST_AUTO_TEST_CASE(json_may_name_only_utf_8) {
  BOOST_TEST(is_json_type("APPLICATION/JSON;charset=\"utf-8\""));
  BOOST_TEST(!is_json_type("application/json; charset=utf-16"));
  BOOST_TEST(!is_json_type("text/json"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
