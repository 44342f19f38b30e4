#include "shared/error_kind.h"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(error_kind)

BOOST_AUTO_TEST_CASE(every_kind_has_a_code_that_leads_back_to_it) {
  for (int i = 0; i <= static_cast<int>(ErrorKind::Internal); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    if (kind == ErrorKind::Busy || kind == ErrorKind::CountryNotServed) continue;  // share the code of another
    BOOST_REQUIRE(error_kind_of(code_of(kind)).has_value());
    BOOST_TEST((error_kind_of(code_of(kind)) == kind));
  }
  BOOST_TEST(!error_kind_of("no_such_code").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
