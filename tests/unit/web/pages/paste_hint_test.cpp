#include "web/pages/paste_hint.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using pages::seems_of;

BOOST_AUTO_TEST_SUITE(paste_hint_beginnings)

BOOST_AUTO_TEST_CASE(a_key_seems_to_be_of_whom_its_beginning_names) {
  BOOST_TEST((seems_of("sk-proj-abc") == Provider::OpenAi));
  BOOST_TEST((seems_of(" sk-ant-api03-abc\n") == Provider::Anthropic));
  BOOST_TEST((seems_of("AIzaSyAbc") == Provider::Google));
  BOOST_TEST((seems_of("sk-or-v1-abc") == Provider::OpenAiCompatible));
}

BOOST_AUTO_TEST_CASE(a_key_of_an_unknown_form_says_nothing) {
  BOOST_TEST(!seems_of("").has_value());
  BOOST_TEST(!seems_of("some-key").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
