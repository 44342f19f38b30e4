#include "server/vault/scrubber.h"

#include <boost/test/unit_test.hpp>

using ownkey::Secret;
using ownkey::vault::Scrubber;
using ownkey::vault::StreamScrubber;

namespace {

constexpr std::string_view kKey = "sk-proj-Ab12Cd34Ef56Gh78Ij90";

Scrubber scrubber_of(std::string_view key) { return Scrubber(Secret(key)); }

// The scrubbed text when it comes in two pieces, cut after `cut` bytes.
std::string streamed(const Scrubber& scrubber, std::string_view text, std::size_t cut) {
  StreamScrubber stream(scrubber);
  std::string result = stream.feed(text.substr(0, cut));
  result += stream.feed(text.substr(cut));
  return result + stream.finish();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scrubber)

BOOST_AUTO_TEST_CASE(the_key_itself_is_replaced_wherever_it_stands) {
  const auto scrubber = scrubber_of(kKey);
  const std::string key(kKey);
  BOOST_TEST(scrubber.scrub(key) == "[key]");
  BOOST_TEST(scrubber.scrub("bad key " + key + ", try again") == "bad key [key], try again");
  BOOST_TEST(scrubber.scrub(key + key) == "[key][key]");
}

BOOST_AUTO_TEST_CASE(other_text_stays_as_it_is) {
  const auto scrubber = scrubber_of(kKey);
  for (const std::string text : {"", "a", "sk-proj-", "the quick brown fox jumps over the lazy dog, naïvely: żółć"})
    BOOST_TEST(scrubber.scrub(text) == text);
}

BOOST_AUTO_TEST_CASE(any_piece_of_twelve_characters_is_replaced_and_none_of_eleven) {
  const auto scrubber = scrubber_of(kKey);
  for (std::size_t at = 0; at + Scrubber::kSlice <= kKey.size(); ++at) {
    BOOST_TEST(scrubber.scrub("<" + std::string(kKey.substr(at, 12)) + ">") == "<[key]>");
    const std::string eleven = "<" + std::string(kKey.substr(at, 11)) + ">";
    BOOST_TEST(scrubber.scrub(eleven) == eleven);
  }
}

BOOST_AUTO_TEST_CASE(a_shortened_key_is_replaced_as_far_as_it_is_shown) {
  const auto scrubber = scrubber_of(kKey);
  BOOST_TEST(scrubber.scrub("key sk-proj-Ab12Cd...") == "key [key]...");
}

BOOST_AUTO_TEST_CASE(the_url_escaped_form_is_replaced) {
  const auto scrubber = scrubber_of("abc/def+ghi=jkl mno");
  BOOST_TEST(scrubber.scrub("?key=abc%2Fdef%2Bghi%3Djkl%20mno&x=1") == "?key=[key]&x=1");
}

BOOST_AUTO_TEST_CASE(the_json_escaped_form_is_replaced) {
  const auto scrubber = scrubber_of("abc\"def\\ghi\"jkl");
  BOOST_TEST(scrubber.scrub(R"({"key":"abc\"def\\ghi\"jkl"})") == R"({"key":"[key]"})");
}

BOOST_AUTO_TEST_CASE(base64_is_found_at_every_offset_in_both_alphabets) {
  const auto scrubber = scrubber_of("s?k>proj~Ab12Cd34Ef56");
  // base64 of the key behind 0, 1 and 2 bytes "x".
  for (const std::string text :
       {"cz9rPnByb2p+QWIxMkNkMzRFZjU2", "eHM/az5wcm9qfkFiMTJDZDM0RWY1Ng==", "eHhzP2s+cHJvan5BYjEyQ2QzNEVmNTY=",
        "eHM_az5wcm9qfkFiMTJDZDM0RWY1Ng", "cz9rPnByb2p-QWIxMkNkMzRFZjU2"}) {
    const auto clean = scrubber.scrub(text);
    BOOST_TEST(clean.find("[key]") != std::string::npos);
    BOOST_TEST(clean.size() <= 5 + 6);  // nothing but what the bytes around it have a part in
  }
}

BOOST_AUTO_TEST_CASE(a_short_key_is_found_whole) {
  const auto scrubber = scrubber_of("hunter2");
  BOOST_TEST(scrubber.scrub("it is hunter2!") == "it is [key]!");
  BOOST_TEST(scrubber.scrub("it is hunter3!") == "it is hunter3!");
}

BOOST_AUTO_TEST_CASE(what_is_too_short_for_a_secret_leaves_the_text_readable) {
  for (const std::string key : {"", "a", "ab", "abc", "abcde"})
    BOOST_TEST(scrubber_of(key).scrub("a abc abcde is no secret") == "a abc abcde is no secret");
}

BOOST_AUTO_TEST_CASE(several_keys_are_all_found) {
  Scrubber scrubber;
  scrubber.add(Secret("first-key-0123456789"));
  scrubber.add(Secret("second-key-9876543210"));
  scrubber.add(Secret(""));
  BOOST_TEST(scrubber.scrub("first-key-0123456789, second-key-9876543210") == "[key], [key]");
}

BOOST_AUTO_TEST_CASE(without_a_key_nothing_changes) {
  const Scrubber scrubber;
  BOOST_TEST(scrubber.scrub("plain text of some length") == "plain text of some length");
  BOOST_TEST(scrubber.settled("plain text") == 10U);
}

BOOST_AUTO_TEST_CASE(a_key_cut_anywhere_in_a_stream_is_found) {
  const auto scrubber = scrubber_of(kKey);
  const std::string text = "it is " + std::string(kKey) + ", and " + std::string(kKey.substr(3, 14)) + " too";
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    BOOST_TEST(streamed(scrubber, text, cut) == scrubber.scrub(text), "cut at " << cut);
}

BOOST_AUTO_TEST_CASE(a_stream_byte_by_byte_gives_the_same_as_the_whole_text) {
  const auto scrubber = scrubber_of(kKey);
  const std::string text = "sk-proj-Ab12 then " + std::string(kKey) + std::string(kKey) + " żółć sk-";
  StreamScrubber stream(scrubber);
  std::string result;
  for (const char c : text) result += stream.feed(std::string(1, c));
  result += stream.finish();
  BOOST_TEST(result == scrubber.scrub(text));
}

BOOST_AUTO_TEST_CASE(plain_text_is_not_held_back_in_a_stream) {
  const auto scrubber = scrubber_of(kKey);
  StreamScrubber stream(scrubber);
  BOOST_TEST(stream.feed("hello ") == "hello ");
}

BOOST_AUTO_TEST_SUITE_END()
