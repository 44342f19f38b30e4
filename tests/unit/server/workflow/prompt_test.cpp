#include "server/workflow/prompt.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::workflow;

BOOST_AUTO_TEST_SUITE(prompt)

BOOST_AUTO_TEST_CASE(fields_are_filled_in_and_missing_ones_leave_nothing) {
  const json inputs{{"name", "Ada"}, {"n", 3}, {"deep", {{"er", "x"}}}, {"list", {1, 2}}};
  BOOST_TEST(*fill_template("Hello {{name}} and {{ n }}!", inputs) == "Hello Ada and 3!");
  BOOST_TEST(*fill_template("{{deep.er}}|{{deep}}|{{list}}", inputs) == R"(x|{"er":"x"}|[1,2])");
  BOOST_TEST(*fill_template("<{{missing}}><{{name.er}}><{{deep.}}>", inputs) == "<><><>");
}

BOOST_AUTO_TEST_CASE(a_template_has_no_code_and_is_not_filled_twice) {
  BOOST_TEST(*fill_template("{{a}}", {{"a", "{{b}}"}, {"b", "secret"}}) == "{{b}}");
  BOOST_TEST(*fill_template("{{1+1}}{{a()}}", {{"a", "x"}}) == "");
  BOOST_TEST(*fill_template("open {{a", {{"a", "x"}}) == "open {{a");
  BOOST_TEST(*fill_template("a }} b { c", json::object()) == "a }} b { c");
}

BOOST_AUTO_TEST_CASE(the_first_known_input_is_the_prompt) {
  BOOST_TEST(*choose_prompt({{"input", "i"}, {"prompt", "p"}, {"generated_text", "g"}}, "own") == "p");
  BOOST_TEST(*choose_prompt({{"generated_text", "g"}, {"value", "v"}, {"query", "q"}}, "own") == "q");
  BOOST_TEST(*choose_prompt({{"generated_text", "g"}}, "own") == "g");
  BOOST_TEST(*choose_prompt({{"topic", "cats"}}, "about {{topic}}") == "about cats");
  BOOST_TEST(*choose_prompt({{"input", 42}}, "own") == "42");
  BOOST_TEST(*choose_prompt(json::object(), "") == "");
}

// Regression: a small graph could grow a prompt until the memory was gone.
BOOST_AUTO_TEST_CASE(a_template_cannot_grow_without_bound) {
  std::string text;
  for (int i = 0; i < 6000; ++i) text += "{{v}}";
  const auto filled = fill_template(text, {{"v", std::string(100'000, 'x')}});
  BOOST_REQUIRE(!filled);
  BOOST_TEST((filled.error().kind == ErrorKind::LimitExceeded));
}

BOOST_AUTO_TEST_SUITE_END()
