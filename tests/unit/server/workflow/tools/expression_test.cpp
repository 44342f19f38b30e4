#include "server/workflow/tools/expression.h"

#include <boost/test/unit_test.hpp>

#include <numbers>

using namespace ownkey;
using workflow::evaluate;

namespace {

double value_of(std::string_view text) {
  const auto value = evaluate(text);
  BOOST_REQUIRE_MESSAGE(value, text << ": " << (value ? "" : value.error().public_text));
  return *value;
}

std::string error_of(std::string_view text) {
  const auto value = evaluate(text);
  BOOST_REQUIRE_MESSAGE(!value, text);
  return value.error().public_text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(expression)

BOOST_AUTO_TEST_CASE(operators_bind_as_in_mathematics) {
  BOOST_TEST(value_of("1 + 2 * 3") == 7);
  BOOST_TEST(value_of("(1 + 2) * 3") == 9);
  BOOST_TEST(value_of("10 - 4 - 3") == 3);
  BOOST_TEST(value_of("100 / 10 / 5") == 2);
  BOOST_TEST(value_of("2 ^ 3 ^ 2") == 512);
  BOOST_TEST(value_of("2 ** 10") == 1024);
  BOOST_TEST(value_of("-2 ^ 2") == -4);
  BOOST_TEST(value_of("2 ^ -1") == 0.5);
  BOOST_TEST(value_of("--3") == 3);
  BOOST_TEST(value_of("7 % 3") == 1);
  BOOST_TEST(value_of("-7 % 3") == 2);
  BOOST_TEST(value_of("3! + 2 * 2!") == 10);
  BOOST_TEST(value_of("1.5e3 + .5") == 1500.5);
}

BOOST_AUTO_TEST_CASE(functions_and_constants_are_known) {
  BOOST_TEST(value_of("sqrt(16) + abs(-3)") == 7);
  BOOST_TEST(value_of("max(1, 5, 3) - min(4, 2)") == 3);
  BOOST_TEST(value_of("round(2.345, 2)") == 2.35, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(value_of("log(1000) + ln(e) + log(8, 2)") == 7, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(value_of("sin(pi / 2)") == 1, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(value_of("mean(1, 2, 3, 6) + median(5, 1, 9)") == 8);
  BOOST_TEST(value_of("pi") == std::numbers::pi);
  BOOST_TEST(value_of("factorial(20)") == 2432902008176640000.0);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_place) {
  BOOST_TEST(error_of("1 / 0").find("divide by zero") != std::string::npos);
  BOOST_TEST(error_of("5 % 0").find("divide by zero") != std::string::npos);
  BOOST_TEST(error_of("1 +") == "expected a number, but it ends here (at character 4)");
  BOOST_TEST(error_of("(1 + 2").find("a ')' is missing") != std::string::npos);
  BOOST_TEST(error_of("1 2").find("did not expect '2' (at character 3)") != std::string::npos);
  BOOST_TEST(error_of("foo(1)").find("no function 'foo'") != std::string::npos);
  BOOST_TEST(error_of("x + 1").find("'x' is not known") != std::string::npos);
  BOOST_TEST(error_of("sqrt(1, 2)").find("does not take 2") != std::string::npos);
  BOOST_TEST(error_of("sqrt()").find("does not take 0") != std::string::npos);
  BOOST_TEST(error_of("sqrt(-1)").find("not defined") != std::string::npos);
  BOOST_TEST(error_of("10 ^ 400").find("too large") != std::string::npos);
  BOOST_TEST(error_of("171!").find("not defined") != std::string::npos);
  BOOST_TEST(error_of("").find("ends here") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(there_is_no_code_and_no_end_to_its_patience) {
  BOOST_TEST(!evaluate("__import__('os')"));
  BOOST_TEST(!evaluate("a=1"));
  BOOST_TEST(error_of(std::string(500, '(') + "1" + std::string(499, ')')).find("nested too deeply") !=
             std::string::npos);
  BOOST_TEST(error_of(std::string(900, '-') + "1").find("nested too deeply") != std::string::npos);
  BOOST_TEST(!evaluate(std::string(5000, '1')));
  BOOST_TEST(value_of(std::string(90, '(') + "1" + std::string(90, ')')) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
