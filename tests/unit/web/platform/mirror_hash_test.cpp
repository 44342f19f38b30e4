#include "web/platform/mirror_hash.h"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace ownkey::platform;

BOOST_AUTO_TEST_SUITE(mirror_hashes)

BOOST_AUTO_TEST_CASE(equal_mirrors_have_the_same_hash_wherever_their_texts_lie) {
  const std::vector<MirrorNode> one{{.tag = "p", .id = 1, .text = "a text that is kept apart from its node"}},
      copy = one;
  BOOST_TEST(hash_of(one) == hash_of(copy));
}

BOOST_AUTO_TEST_CASE(whatever_the_browser_is_told_of_a_node_changes_the_hash) {
  const MirrorNode node{.tag = "p", .id = 1, .text = "a", .attributes = {{"title", "b"}}};
  std::vector<MirrorNode> all(14, node);  // the last one as it is
  all[0].tag = "h1";
  all[1].id = 2;
  all[2].parent = 2;
  all[3].rect.x = 1;
  all[4].rect.y = 1;
  all[5].rect.width = 1;
  all[6].rect.height = 1;
  all[7].font = {15, 400, false};
  all[8].font = {14, 600, false};
  all[9].font = {14, 400, true};
  all[10].line_height = 1;
  all[11].text = "b";
  all[12].attributes = {{"title", "a"}};
  std::set<std::uint64_t> hashes{hash_of({})};
  for (const auto& one : all) hashes.insert(hash_of({one}));
  hashes.insert(hash_of({node, node}));
  BOOST_TEST(hashes.size() == all.size() + 2);
}

BOOST_AUTO_TEST_CASE(a_text_that_moves_from_one_node_to_the_next_changes_the_hash) {
  const MirrorNode text{.tag = "p", .id = 1, .text = "a"}, none{.tag = "p", .id = 1};
  BOOST_TEST(hash_of({text, none}) != hash_of({none, text}));
}

BOOST_AUTO_TEST_SUITE_END()
