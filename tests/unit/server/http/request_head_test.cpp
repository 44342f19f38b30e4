#include "server/http/request_head.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace ownkey::http {
namespace {

RequestHead head_of(std::string_view text) { return std::get<RequestHead>(parse_request_head(text)); }

int status_of_refusal(std::string_view text) {
  const auto result = parse_request_head(text);
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal ? refusal->status : 0;
}

}  // namespace

// What must be refused is tested on a running server, in tests/http/raw_head_test.cpp.
BOOST_AUTO_TEST_SUITE(http_request_head)

BOOST_AUTO_TEST_CASE(all_parts_of_a_head_are_read) {
  const auto head = head_of(
      "POST /a%20b/c?x=1&y=a%20b+c&z HTTP/1.1\r\nhost: localhost:8080\r\nX-Test: \t a b \t\r\nContent-Length: "
      "12\r\n\r\n");
  BOOST_TEST(head.method == "POST");
  BOOST_TEST(head.target == "/a%20b/c?x=1&y=a%20b+c&z");
  BOOST_TEST(head.path == "/a%20b/c");
  BOOST_TEST((head.query == Pairs{{"x", "1"}, {"y", "a b c"}, {"z", ""}}));
  BOOST_TEST(head.host == "localhost:8080");
  BOOST_TEST((head.headers[1] == Pairs::value_type{"X-Test", "a b"}));
  BOOST_TEST(head.content_length == 12U);
  BOOST_TEST(head.keep_alive);
  BOOST_TEST(!head.expects_continue);
}

BOOST_AUTO_TEST_CASE(connection_close_is_found_in_a_list) {
  BOOST_TEST(!head_of("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n").keep_alive);
  BOOST_TEST(head_of("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

BOOST_AUTO_TEST_CASE(http_1_0_neither_keeps_alive_nor_continues) {
  const auto head = head_of("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(!head.keep_alive);
  BOOST_TEST(!head.expects_continue);
}

BOOST_AUTO_TEST_CASE(a_query_that_is_not_encoded_well_is_refused) {
  BOOST_TEST(status_of_refusal("GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(no_head_that_breaks_off_is_taken_for_whole) {
  const std::string whole = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) BOOST_TEST_CONTEXT(size) {
      BOOST_TEST(status_of_refusal(whole.substr(0, size)) == 400);
    }
  BOOST_TEST(status_of_refusal(whole) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
