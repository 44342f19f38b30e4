#include "server/http/problem.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "shared/json.h"

namespace ownkey::http {
namespace {

constexpr int kKinds = static_cast<int>(ErrorKind::Internal) + 1;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_problem)

BOOST_AUTO_TEST_CASE(every_kind_has_a_status_with_a_name) {
  for (int i = 0; i < kKinds; ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    BOOST_TEST_CONTEXT(code_of(kind)) {
      BOOST_TEST(status_of(kind) >= 400);
      BOOST_TEST(reason_of(status_of(kind)) != "Unknown");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_body_says_what_the_person_may_know_and_nothing_else) {
  const Error error{.kind = ErrorKind::StorageFull,
                    .public_text = "the disk is full",
                    .log_text = "/data/accounts.db: ENOSPC",
                    .field = "api_key",
                    .retry_after_s = 7};
  const auto response = problem_response(error, "r-1");
  BOOST_TEST(response.status == 507);
  BOOST_TEST(response.header("Content-Type").value() == "application/problem+json");
  BOOST_TEST(response.header("Retry-After").value() == "7");
  const json expected{{"type", "about:blank"},  {"title", "Insufficient Storage"}, {"status", 507},
                      {"code", "storage_full"}, {"detail", "the disk is full"},    {"field", "api_key"},
                      {"request_id", "r-1"}};
  BOOST_TEST(json::parse(response.body) == expected);
}

BOOST_AUTO_TEST_CASE(an_answer_may_have_a_status_of_its_own_and_carry_a_verification) {
  api::Verification verification{};
  verification.reached = true;
  const Error error{.kind = ErrorKind::ProviderOverloaded, .public_text = "try later"};
  const auto body = json::parse(problem_response(400, error, "r-1", verification).body);
  BOOST_TEST(body["status"] == 400);
  BOOST_TEST(body["verification"]["reached"] == true);
}

BOOST_AUTO_TEST_CASE(a_401_names_a_way_to_sign_in) {
  BOOST_TEST(problem_response({.kind = ErrorKind::Unauthenticated, .public_text = "sign in"}, "r")
                 .header("WWW-Authenticate")
                 .value() == "Bearer");
}

BOOST_AUTO_TEST_CASE(log_texts_are_logged_with_the_request) {
  std::string lines;
  auto log = base::Log::to([&](std::string_view line) { lines += line; }, base::Log::Format::Json);
  log_problem(log, {.kind = ErrorKind::NotFound, .public_text = "no"}, "r-1");
  BOOST_TEST(lines == "");
  log_problem(log, {.kind = ErrorKind::Internal, .public_text = "no", .log_text = "page 7 is torn"}, "r-2");
  BOOST_TEST(lines.find("page 7 is torn") != std::string::npos);
  BOOST_TEST(lines.find("r-2") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
