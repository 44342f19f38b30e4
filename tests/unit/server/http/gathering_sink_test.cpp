#include "server/http/gathering_sink.h"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace ownkey::http {
namespace {

struct Written final : StreamSink {
  bool write(std::string_view data) override {
    if (!data.empty()) pieces.emplace_back(data);
    return is_there;
  }
  std::vector<std::string> pieces;
  bool is_there = true;
};

struct Fixture {
  Written written;
  GatheringSink sink{written};
  const std::string large = std::string(GatheringSink::kMostGathered + 1, 'x');
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_gathering_sink, Fixture)

BOOST_AUTO_TEST_CASE(small_pieces_leave_together) {
  for (const auto* piece : {"id: 1\n", "data: {}", "\n\n"}) BOOST_TEST(sink.write(piece));
  BOOST_TEST(written.pieces.empty());
  BOOST_TEST(sink.flush());
  BOOST_TEST((written.pieces == std::vector<std::string>{"id: 1\ndata: {}\n\n"}));
  BOOST_TEST(sink.flush());
  BOOST_TEST(written.pieces.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_large_piece_leaves_as_it_is_and_in_its_place) {
  sink.write("before");
  sink.write(large);
  sink.write("after");
  sink.flush();
  BOOST_TEST((written.pieces == std::vector<std::string>{"before", large, "after"}));
}

BOOST_AUTO_TEST_CASE(never_more_than_so_much_waits) {
  const std::string piece(1000, 'x');
  for (int i = 0; i < 500; ++i) sink.write(piece);
  sink.flush();
  std::size_t size = 0;
  for (const auto& each : written.pieces) {
    BOOST_TEST(each.size() <= GatheringSink::kMostGathered);
    size += each.size();
  }
  BOOST_TEST(size == 500'000U);
}

BOOST_AUTO_TEST_CASE(a_client_that_is_gone_is_noticed) {
  written.is_there = false;
  sink.write("small");
  BOOST_TEST(!sink.write(large));
  BOOST_TEST(!sink.flush());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
