#include "web/state/route.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey::state;

BOOST_AUTO_TEST_SUITE(route_addresses)

BOOST_AUTO_TEST_CASE(known_addresses_are_pages) {
  BOOST_TEST((route_of("/").page == Page::Home));
  BOOST_TEST((route_of("/settings/keys").page == Page::ApiKeys));
  BOOST_TEST((route_of("/settings/keys/").page == Page::ApiKeys));
  BOOST_TEST((route_of("/workflows?x=1").page == Page::Workflows));
}

BOOST_AUTO_TEST_CASE(a_workflow_is_named_by_its_id) {
  BOOST_TEST((route_of("/workflows/a1-B_2.c").page == Page::Workflow));
  BOOST_TEST(route_of("/workflows/a1-B_2.c").workflow_id == "a1-B_2.c");
}

BOOST_AUTO_TEST_CASE(a_workflow_has_pages_of_its_own) {
  BOOST_TEST((route_of("/workflows/new").page == Page::NewWorkflow));
  BOOST_TEST((route_of("/workflows/w1/edit").page == Page::EditWorkflow));
  BOOST_TEST((route_of("/workflows/w1/runs").page == Page::Runs));
  const auto run = route_of(run_address("w1", "r1"));
  BOOST_TEST((run.page == Page::Run));
  BOOST_TEST(run.workflow_id == "w1");
  BOOST_TEST(run.run_id == "r1");
  for (const auto* address :
       {"/workflows/w1/edit/x", "/workflows/w1/runs/r1/x", "/workflows//edit", "/workflows/w1//r1"})
    BOOST_TEST((route_of(address).page == Page::NotFound), address);
}

BOOST_AUTO_TEST_CASE(anything_else_is_not_found) {
  for (const auto* address : {"/setting", "/workflows/a/b", "/workflows/a%2fb", "/workflows/..%2f", "/keys"})
    BOOST_TEST((route_of(address).page == Page::NotFound), address);
}

BOOST_AUTO_TEST_CASE(signing_in_leads_back_to_where_it_was_needed) {
  const std::string address = login_address("/workflows/a1?tab=run");
  BOOST_TEST(address == "/login?next=/workflows/a1%3Ftab%3Drun");
  BOOST_TEST(route_of(address).next == "/workflows/a1?tab=run");
  BOOST_TEST(login_address("/") == "/login");
}

BOOST_AUTO_TEST_CASE(signing_in_never_leads_to_another_site) {
  for (const auto* next : {"https://evil.example", "//evil.example", "%2F%2Fevil.example", "/%5Cevil.example",
                           "/\\evil.example", "javascript:alert(1)", "/a%0Ab", "", "%"})
    BOOST_TEST(route_of("/login?next=" + std::string(next)).next.empty(), next);
}

BOOST_AUTO_TEST_CASE(next_is_found_among_other_parameters) {
  BOOST_TEST(route_of("/login?a=1&next=%2Fworkflows&b").next == "/workflows");
  BOOST_TEST(route_of("/workflows?next=/settings").next.empty());
}

BOOST_AUTO_TEST_SUITE_END()
