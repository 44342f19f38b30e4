#include "server/http/response_writer.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace ownkey::http {
namespace {

const SecurityHeaders kHeaders(/*https=*/false);

std::string head(const Response& response, WireFacts facts = {}) {
  facts.request_id = "r-1";
  return response_head(response, kHeaders, facts);
}

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_response_writer)

BOOST_AUTO_TEST_CASE(a_head_begins_with_its_status_and_ends_with_an_empty_line) {
  const auto text = head(text_response(200, "text/plain", "hello"), {.now = base::from_millis(1'764'024'604'000)});
  BOOST_TEST(text.starts_with("HTTP/1.1 200 OK\r\n"));
  BOOST_TEST(text.ends_with("\r\n\r\n"));
  BOOST_TEST(has_line(text, "Content-Length: 5"));
  BOOST_TEST(has_line(text, "Date: Mon, 24 Nov 2025 22:50:04 GMT"));
  BOOST_TEST(has_line(text, "X-Request-Id: r-1"));
}

BOOST_AUTO_TEST_CASE(a_value_cannot_begin_a_header_of_its_own) {
  Response response = redirect("/a\r\nSet-Cookie: b");
  BOOST_TEST(has_line(head(response), "Location: /a  Set-Cookie: b"));
}

BOOST_AUTO_TEST_CASE(answers_that_may_have_no_body_have_no_length) {
  BOOST_TEST(head(no_content()).find("Content-Length") == std::string::npos);
  BOOST_TEST(head({.status = 304}).find("Content-Length") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_framing_says_where_the_body_ends) {
  const Response stream = event_stream([](StreamSink&) {});
  BOOST_TEST(has_line(head(stream, {.framing = Framing::Chunked}), "Transfer-Encoding: chunked"));
  const auto until_close = head(stream, {.framing = Framing::UntilClose, .keep_alive = false});
  BOOST_TEST(until_close.find("Transfer-Encoding") == std::string::npos);
  BOOST_TEST(has_line(until_close, "Connection: close"));
}

BOOST_AUTO_TEST_CASE(only_a_page_may_run_scripts) {
  BOOST_TEST(head(text_response(200, "text/html; charset=utf-8", "")).find("script-src 'self'") != std::string::npos);
  for (const auto type : {"application/json", "image/svg+xml", "text/javascript"})
    BOOST_TEST(head(text_response(200, type, "")).find("script-src") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_says_nothing_about_caching_is_not_stored) {
  BOOST_TEST(has_line(head(no_content()), "Cache-Control: no-store"));
  Response response = no_content();
  response.set_header("Cache-Control", "no-cache");
  BOOST_TEST(!has_line(head(response), "Cache-Control: no-store"));
}

BOOST_AUTO_TEST_CASE(chunks_carry_their_size_in_hex) {
  BOOST_TEST(chunk_of(std::string(26, 'x')) == "1a\r\n" + std::string(26, 'x') + "\r\n");
  BOOST_TEST(chunk_of("") == "0\r\n\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
