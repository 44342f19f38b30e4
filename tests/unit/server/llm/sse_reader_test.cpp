#include "server/llm/sse_reader.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace ownkey;
using llm::SseEvent;
using llm::SseReader;

namespace {

// The events of a stream, as "name=data", read in pieces that end at the given places.
std::vector<std::string> read(std::string_view bytes, const std::vector<std::size_t>& cuts = {}) {
  std::vector<std::string> events;
  SseReader reader([&](const SseEvent& event) {
    events.push_back(event.name + "=" + event.data);
    return Result<void>();
  });
  std::size_t begin = 0;
  for (const auto cut : cuts) {
    BOOST_REQUIRE(reader.feed(bytes.substr(begin, cut - begin)));
    begin = cut;
  }
  BOOST_REQUIRE(reader.feed(bytes.substr(begin)));
  return events;
}

const std::string kStream =
    ": a comment\n"
    "event: message_start\r\n"
    "data: {\"text\":\"żółć\"}\r\n"
    "\r\n"
    "data:no space\r"
    "data:  two spaces\r"
    "\r"
    "id: 7\n"
    "\n"
    "event: ping\n"
    "data\n"
    "\n"
    "data: [DONE]\n"
    "\n";

const std::vector<std::string> kEvents{"message_start={\"text\":\"żółć\"}", "=no space\n two spaces",
                                       "ping=", "=[DONE]"};

}  // namespace

BOOST_AUTO_TEST_SUITE(sse_reader)

BOOST_AUTO_TEST_CASE(reads_names_data_comments_and_every_kind_of_line_end) {
  BOOST_TEST(read(kStream) == kEvents, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stream_may_be_cut_anywhere) {
  for (std::size_t cut = 0; cut <= kStream.size(); ++cut)
    BOOST_TEST(read(kStream, {cut}) == kEvents, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stream_may_come_byte_by_byte) {
  std::vector<std::size_t> cuts;
  for (std::size_t cut = 0; cut < kStream.size(); ++cut) cuts.push_back(cut);
  BOOST_TEST(read(kStream, cuts) == kEvents, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_event_without_its_empty_line_is_not_one_yet) { BOOST_TEST(read("data: half\n").empty()); }

BOOST_AUTO_TEST_CASE(a_line_over_the_limit_is_an_error_and_one_within_is_not) {
  SseReader reader([](const SseEvent&) { return Result<void>(); });
  BOOST_TEST(bool(reader.feed(std::string(SseReader::kMaxLineBytes, 'x'))));
  const auto over = reader.feed("x");
  BOOST_REQUIRE(!over);
  BOOST_TEST((over.error().kind == ErrorKind::ProviderError));
}

BOOST_AUTO_TEST_CASE(an_event_of_many_lines_has_the_same_limit) {
  SseReader reader([](const SseEvent&) { return Result<void>(); });
  const std::string line = "data: " + std::string(1000, 'x') + "\n";
  Result<void> last;
  for (int i = 0; i < 2000 && last; ++i) last = reader.feed(line);
  BOOST_TEST(!last);
}

BOOST_AUTO_TEST_CASE(an_error_of_the_taker_ends_the_reading) {
  int events = 0;
  SseReader reader([&](const SseEvent&) {
    ++events;
    return Result<void>(Error{ErrorKind::ProviderError, "no"});
  });
  BOOST_TEST(!reader.feed("data: 1\n\ndata: 2\n\n"));
  BOOST_TEST(events == 1);
}

BOOST_AUTO_TEST_SUITE_END()
